using System.Reflection;
using Crowd.Api.Hosting;
using Crowd.Api.Tests.Servers;
using Crowd.GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Api.Tests.Hosting;

/// <summary>The schema that clients are written against is a file that is reviewed: <c>api/schema.graphql</c>.</summary>
[Collection(SqliteStage.Name)]
public sealed class SchemaFileTests(SqliteStage stage)
{
    private static readonly string SchemaFile = typeof(SchemaFileTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SchemaFile").Value!;

    /// <summary>Where <c>CI</c> is true a difference fails; elsewhere the file is written anew, for the author to look at and commit.</summary>
    [Fact]
    public async Task The_printed_schema_is_the_one_in_the_file()
    {
        var printed = stage.Server.Services.GetRequiredService<IGraphQLExecutor>().Schema.Print().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        Assert.Contains("type Mutation", printed, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("CI") is not "true" && (!File.Exists(SchemaFile) || await File.ReadAllTextAsync(SchemaFile) != printed))
            await File.WriteAllTextAsync(SchemaFile, printed);
        Assert.Equal(await File.ReadAllTextAsync(SchemaFile), printed);
    }
}
