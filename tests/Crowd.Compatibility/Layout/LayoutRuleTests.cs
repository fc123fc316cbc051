using System.Reflection;
using System.Reflection.Emit;
using System.Xml.Linq;

namespace Crowd.Compatibility.Layout;

/// <summary>Each rule of the layout must catch what it is there for.</summary>
public class LayoutRuleTests
{
    [Theory]
    [InlineData("Crowd.Domain", "../Crowd.Journal/Crowd.Journal.csproj", "no arrow leads there")]
    [InlineData("Crowd.Journal", "../Crowd.Domain/Crowd.Domain.csproj", "no arrow leads there")]
    [InlineData("Crowd.GraphQL", @"..\Crowd.Consensus\Crowd.Consensus.csproj", "no arrow leads there")]
    [InlineData("Crowd.Marketplace", "../../silo/Crowd.Silo.csproj", "no arrow leads there")]
    [InlineData("Crowd.Extras", "../Crowd.Domain/Crowd.Domain.csproj", "no place in the layout")]
    [InlineData("Crowd.Api", "../src/Crowd.Consensus/Crowd.Consensus.csproj", null)]
    [InlineData("Crowd.Domain", "../Crowd.Consensus/Crowd.Consensus.csproj", null)]
    public void A_project_reference_without_an_arrow_is_caught(string project, string reference, string? expected) =>
        AssertFault(expected, Project(project, $"<ProjectReference Include=\"{reference}\" />").Faults);

    [Theory]
    [InlineData("<PackageReference Include=\"Microsoft.Orleans.Server\" />", true)]
    [InlineData("<PackageReference Include=\"Crowd.Domain\" />", true)]
    [InlineData("<Reference Include=\"Crowd.Silo\" />", true)]
    [InlineData("<PackageReference Include=\"Dapper\" />", false)]
    [InlineData("<PackageReference Include=\"Microsoft.Orleans.Server\" Condition=\"'$(GrainRuntime)' == 'Orleans'\" />", false)]
    public void A_package_that_brings_in_what_is_forbidden_is_caught(string item, bool isFault) =>
        Assert.Equal(isFault, Project("Crowd.GrainRuntime", item).Faults.Any());

    [Theory]
    [InlineData("Crowd.Journal", "Crowd.Domain", "no arrow leads there")]
    [InlineData("Crowd.Domain", "Crowd.Marketplace", "no arrow leads there")]
    [InlineData("Crowd.Marketplace", "Orleans.Core.Abstractions", "nothing of Orleans")]
    [InlineData("Crowd.Silo", "Crowd.Consensus", null)]
    public void A_compiled_reference_without_an_arrow_is_caught(string assembly, string referenced, string? expected) =>
        AssertFault(expected, Compile(assembly, referenced).Faults);

    [Theory]
    [InlineData("src/Crowd.Domain/Services", true)]
    [InlineData("src/Crowd.Domain/Tasks/Helpers", true)]
    [InlineData("src/Crowd.Common", true)]
    [InlineData("api/models", true)]
    [InlineData("src/Crowd.Domain/Tasks", false)]
    public void A_folder_that_says_nothing_is_caught(string path, bool isFault) => Assert.Equal(isFault, NameRules.FolderFault(path) is not null);

    [Theory]
    [InlineData("JobManager", true)]
    [InlineData("StringHelper", true)]
    [InlineData("Utils", true)]
    [InlineData("Common", true)]
    [InlineData("Models`1", true)]
    [InlineData("QualityManager", false)]
    [InlineData("WorkerModel", false)]
    [InlineData("<Manager>d__1", false)]
    public void A_type_that_says_nothing_is_caught(string type, bool isFault) => Assert.Equal(isFault, NameRules.TypeFault("Crowd.Domain", type) is not null);

    private static void AssertFault(string? expected, IEnumerable<string> faults)
    {
        if (expected is null) Assert.Empty(faults);
        else Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    private static ProjectFile Project(string name, string item) =>
        new(name, XDocument.Parse($"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{item}</ItemGroup></Project>"));

    /// <summary>Compiles an assembly with one type, derived from a type of the other assembly.</summary>
    private static CompiledAssembly Compile(string name, string referenced)
    {
        var other = new PersistedAssemblyBuilder(new AssemblyName(referenced), typeof(object).Assembly);
        var parent = other.DefineDynamicModule(referenced).DefineType("Parent", TypeAttributes.Public);
        parent.CreateType();
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Child", TypeAttributes.Public, parent).CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        stream.Position = 0;
        return CompiledAssembly.Read(stream);
    }
}
