using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Tests.Library;
using Crowd.GraphQL.Tests.Node;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>Holds parsing, validation, execution, introspection and the printer against graphql-js.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private const int Documents = 24_000;
    private const int Definitions = 3_000;
    private const int Coordinates = 2_000;
    private const string Executable = "ExecutableDefinitions";

    /// <summary>Rules that the specification has as several and graphql-js as one, by the names there.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["OperationTypeExistence"] = "KnownOperationTypes",
        ["OperationNameUniqueness"] = "UniqueOperationNames",
        ["SingleRootField"] = "SingleFieldSubscriptions",
        ["FieldSelections"] = "FieldsOnCorrectType",
        ["FieldSelectionMerging"] = "OverlappingFieldsCanBeMerged",
        ["LeafFieldSelections"] = "ScalarLeafs",
        ["ArgumentNames"] = "KnownArgumentNames",
        ["ArgumentUniqueness"] = "UniqueArgumentNames",
        ["RequiredArguments"] = "ProvidedRequiredArguments",
        ["FragmentNameUniqueness"] = "UniqueFragmentNames",
        ["FragmentSpreadTypeExistence"] = "KnownTypeNames",
        ["FragmentsMustBeUsed"] = "NoUnusedFragments",
        ["FragmentSpreadTargetDefined"] = "KnownFragmentNames",
        ["FragmentSpreadsMustNotFormCycles"] = "NoFragmentCycles",
        ["FragmentSpreadIsPossible"] = "PossibleFragmentSpreads",
        ["InputObjectFieldNames"] = "ValuesOfCorrectType",
        ["InputObjectRequiredFields"] = "ValuesOfCorrectType",
        ["InputObjectFieldUniqueness"] = "UniqueInputFieldNames",
        ["DirectivesAreDefined"] = "KnownDirectives",
        ["DirectivesAreInValidLocations"] = "KnownDirectives",
        ["DirectivesAreUniquePerLocation"] = "UniqueDirectivesPerLocation",
        ["VariableUniqueness"] = "UniqueVariableNames",
        ["AllVariableUsesDefined"] = "NoUndefinedVariables",
        ["AllVariablesUsed"] = "NoUnusedVariables",
        ["AllVariableUsagesAreAllowed"] = "VariablesInAllowedPosition",
    };

    [Fact]
    public async Task Every_document_fares_as_in_the_reference_implementation()
    {
        var schemas = Schemas.All.Append(LibrarySchema.Executor().Schema.Print()).ToArray();
        var random = new Random(Seed);
        var built = schemas.Select(sdl => SdlSchema.Build(sdl)).ToArray();
        var cases = Enumerable.Range(0, Documents).Select(i => Case.Make(i % schemas.Length, built[i % schemas.Length], random, isMutated: i / schemas.Length % 5 < 2)).ToList();
        cases.AddRange(Enumerable.Range(0, Definitions).Select(i => Case.OfDefinitions(i % schemas.Length, built[i % schemas.Length], schemas[i % schemas.Length], random)));
        cases.AddRange(Enumerable.Range(0, Coordinates).Select(i => Case.OfCoordinate(i % schemas.Length, built[i % schemas.Length], random)));
        var verdicts = await Judge(schemas, cases);

        var printed = JsonNode.Parse(verdicts[0])!.AsArray();
        await CompareSchemas(built, printed);
        await CompareConventions(printed[^1]!);
        var slow = schemas.Select(sdl => Executor(SdlSchema.Build(sdl, isAsync: true))).ToArray();
        var executors = built.Select(Executor).ToArray();
        var differences = new List<string>();
        var tallies = new[] { new Dictionary<string, int>(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal) };
        for (var i = 0; i < cases.Count; i++)
        {
            var expected = JsonNode.Parse(verdicts[i + 1])!;
            try
            {
                var outcome = await Compare(cases[i], built[cases[i].Schema], executors[cases[i].Schema], slow[cases[i].Schema], expected);
                var tally = tallies[i < Documents ? 0 : i < Documents + Definitions ? 1 : 2];
                tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
            }
            catch (XunitException difference)
            {
                differences.Add(difference.Message);
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ, such as\n{string.Join("\n\n", differences.Take(5))}");
        foreach (var (what, tally) in new[] { "documents", "documents of type definitions", "schema coordinates" }.Zip(tallies))
        {
            output.WriteLine($"graphql-js: {tally.Values.Sum()} {what} equal: {string.Join(", ", tally.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Value} {each.Key}"))}");
        }

        Assert.True(tallies[0]["executed"] > Documents / 4 && tallies[0]["invalid"] > Documents / 8 && tallies[0]["syntax errors"] > Documents / 20 && tallies[0]["subscribed"] > Documents / 200);
        Assert.True(tallies[1]["invalid"] > Definitions / 8 && tallies[1]["syntax errors"] > Definitions / 8);
        Assert.Equal(["Directive", "DirectiveArgument", "EnumValue", "Field", "FieldArgument", "InputField", "NamedType", "no container", "none", "syntax errors"], tallies[2].Keys.Order(StringComparer.Ordinal));
    }

    private static IGraphQLExecutor Executor(Schema schema)
    {
        var options = new GraphQLServerOptions { MaxCost = long.MaxValue, MaxAliases = int.MaxValue, MaxDepth = 1000, MaxIntrospectionDepth = 1000, Timeout = Timeout.InfiniteTimeSpan };
        var services = new ServiceCollection().BuildServiceProvider();
        return new GraphQLExecutor(schema, options, new ErrorReporter(NullLogger<ErrorReporter>.Instance, []), services, TimeProvider.System);
    }

    private static async Task<string[]> Judge(string[] schemas, List<Case> cases)
    {
        var input = Path.GetTempFileName();
        var result = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(input, cases.Select(each => each.ToJson()).Prepend(JsonSerializer.Serialize(schemas)));
            using var node = NodePackage.Start("oracle.mjs", input, result);
            await node.WaitForExitAsync();
            Assert.Equal(0, node.ExitCode);
            return await File.ReadAllLinesAsync(result);
        }
        finally
        {
            File.Delete(input);
            File.Delete(result);
        }
    }

    private static async Task<string> Compare(Case each, Schema schema, IGraphQLExecutor executor, IGraphQLExecutor slow, JsonNode expected)
    {
        if (each.Coordinate is not null)
        {
            return CompareCoordinate(each, schema, expected);
        }

        DocumentNode document;
        try
        {
            document = Parser.Parse(each.Document);
        }
        catch (SyntaxException problem)
        {
            each.AssertEqual((string?)expected["syntax"] ?? "no syntax error", $"{problem.Location.Line}:{problem.Location.Column}");
            return "syntax errors";
        }

        each.AssertEqual((string?)expected["syntax"] ?? "none", "none");
        each.AssertEqual((string)expected["printed"]!, Printer.Print(document));
        var errors = DocumentValidator.Validate(schema, document, out _, int.MaxValue);
        var found = errors.Select(error => (Names.GetValueOrDefault(error.Rule!, error.Rule!), Locations(error)));
        if (each.IsOfDefinitions)
        {
            // The reference also looks for unknown types and the like in definitions that may not be there at all.
            each.AssertEqual(Sorted(expected["invalid"], Executable), Sorted(found.Where(error => error.Item1 == Executable)));
            return errors.Count > 0 ? "invalid" : "valid";
        }

        each.AssertEqual(Sorted(expected["invalid"]), Sorted(found));
        if (errors.Count > 0)
        {
            return "invalid";
        }

        using var variables = JsonDocument.Parse(each.Variables);
        var request = new GraphQLRequest(each.Document) { OperationName = each.OperationName, Variables = variables.RootElement };
        var result = await executor.ExecuteAsync(request, CancellationToken.None);
        var later = await slow.ExecuteAsync(request, CancellationToken.None);
        if (result.Stream is not null || expected["events"] is not null)
        {
            await CompareStreams(each, expected, result);
            await CompareStreams(each, expected, later);
            return "subscribed";
        }

        CompareResults(each, expected, result);
        each.AssertEqual(Data(result), Data(later));
        return result.HasData ? "executed" : "request errors";
    }

    private static string CompareCoordinate(Case each, Schema schema, JsonNode expected)
    {
        string resolved;
        try
        {
            resolved = schema.FindElement(each.Coordinate!)?.Kind.ToString() ?? "none";
        }
        catch (SyntaxException problem)
        {
            each.AssertEqual((string)expected["resolved"]!, $"syntax {problem.Location.Line}:{problem.Location.Column}");
            return "syntax errors";
        }
        catch (ArgumentException)
        {
            resolved = "no container";
        }

        each.AssertEqual((string)expected["resolved"]!, resolved);
        return resolved;
    }

    private static void CompareResults(Case each, JsonNode expected, ExecutionResult result)
    {
        each.AssertEqual(expected["data"]?.ToJsonString() ?? "null", Data(result));
        each.AssertEqual(Sorted(expected["errors"]), Sorted(result.Errors.Select(error => (string.Join('.', error.Path ?? []), Locations(error)))));
    }

    /// <summary>A source that fails ends the stream of the reference with an exception; ours ends with a result that holds the error alone.</summary>
    private static async Task CompareStreams(Case each, JsonNode expected, ExecutionResult result)
    {
        each.AssertEqual(expected["events"] is null ? "no stream" : "a stream", result.Stream is null ? "no stream" : "a stream");
        var events = expected["events"]!.AsArray();
        var count = 0;
        var failed = false;
        await foreach (var current in result.Stream!)
        {
            failed = !current.HasData;
            each.AssertEqual(count < events.Count || (bool)expected["failed"]! ? "one more" : "the end", "one more");
            if (!failed)
            {
                CompareResults(each, events[count++]!, current);
            }
        }

        each.AssertEqual($"{events.Count} events, failed {expected["failed"]}", $"{count} events, failed {(failed ? "true" : "false")}");
    }

    private static async Task CompareSchemas(Schema[] schemas, JsonArray expected)
    {
        for (var i = 0; i < schemas.Length; i++)
        {
            Assert.Equal((string?)expected[i]!["sdl"], schemas[i].Print().TrimEnd());
            Assert.Equal(IntrospectionNormal.Of(expected[i]!["introspection"]!["__schema"]!), IntrospectionNormal.Of(await IntrospectionNormal.Query(Executor(schemas[i]))));
        }
    }

    private static async Task CompareConventions(JsonNode expected)
    {
        var library = LibrarySchema.Executor();
        Assert.Equal((string?)expected["sdl"], library.Schema.Print().TrimEnd());
        Assert.Equal(IntrospectionNormal.Of(expected["introspection"]!["__schema"]!), IntrospectionNormal.Of(await IntrospectionNormal.Query(library)));
    }

    private static string Data(ExecutionResult result) => JsonNode.Parse(result.ToJson())!["data"]?.ToJsonString() ?? "null";

    private static string Locations(GraphQLError error) => string.Join(' ', error.Locations.Select(location => $"{location.Line}:{location.Column}"));

    private static string Sorted(IEnumerable<(string What, string Where)> errors) =>
        string.Join('\n', errors.Select(error => $"{error.What} {error.Where}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Sorted(JsonNode? errors, string? rule = null) =>
        Sorted((errors as JsonArray ?? []).Select(error => ((string)error![0]!, (string)error[1]!)).Where(error => rule is null || error.Item1 == rule));
}
