using System.Text.Json;
using Crowd.GraphQL.Types;
using Xunit.Sdk;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>One document with what goes along with it.</summary>
internal sealed record Case(int Schema, string Document, string? OperationName, string Variables)
{
    public static Case Make(int index, Schema schema, Random random, bool isMutated)
    {
        var (document, operationName, variables) = new DocumentGenerator(schema, random).Make();
        return new Case(index, isMutated ? new DocumentMutator(schema, random).Mutate(document) : document, operationName, variables);
    }

    public string ToJson() => $$"""
        {"schema":{{Schema}},"document":{{JsonSerializer.Serialize(Document)}},"operationName":{{JsonSerializer.Serialize(OperationName)}},"variables":{{Variables}}}
        """;

    public void AssertEqual(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new XunitException($"graphql-js: {expected}\nours:       {actual}\nschema {Schema}, operation {OperationName}, variables {Variables}\n{Document}");
        }
    }
}
