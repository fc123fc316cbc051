using System.Text.Json;
using Crowd.GraphQL.Types;
using Xunit.Sdk;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>One document with what goes along with it.</summary>
internal sealed record Case(int Schema, string Document, string? OperationName, string Variables)
{
    /// <summary>A schema coordinate to resolve, in place of a document.</summary>
    public string? Coordinate { get; init; }

    public static Case Make(int index, Schema schema, Random random, bool isMutated)
    {
        var (document, operationName, variables) = new DocumentGenerator(schema, random).Make();
        return new Case(index, isMutated ? new DocumentMutator(schema, random).Mutate(document) : document, operationName, variables);
    }

    /// <summary>Whether the document is of type definitions, which no server executes.</summary>
    public bool IsOfDefinitions { get; private init; }

    /// <summary>Some definitions of a schema, mutated: what the grammar of the type system says of them, and the rules for executable documents.</summary>
    public static Case OfDefinitions(int index, Schema schema, string sdl, Random random)
    {
        var definitions = sdl.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var chosen = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => (random.Next(4) == 0 ? "extend " : "") + definitions[random.Next(definitions.Length)]);
        var text = string.Join('\n', chosen);
        return new Case(index, random.Next(3) == 0 ? text : new DocumentMutator(schema, random).Mutate(text), null, "{}") { IsOfDefinitions = true };
    }

    public static Case OfCoordinate(int index, Schema schema, Random random) => new(index, "", null, "{}") { Coordinate = new CoordinateGenerator(schema, random).Make() };

    public string ToJson() => $$"""
        {"schema":{{Schema}},"document":{{JsonSerializer.Serialize(Document)}},"operationName":{{JsonSerializer.Serialize(OperationName)}},"variables":{{Variables}},"coordinate":{{JsonSerializer.Serialize(Coordinate)}}}
        """;

    public void AssertEqual(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new XunitException($"graphql-js: {expected}\nours:       {actual}\nschema {Schema}, operation {OperationName}, variables {Variables}\n{Coordinate ?? Document}");
        }
    }
}
