using System.Text.Json.Nodes;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>
/// Introspection in a form that can be compared: types by name, without the descriptions of what every schema has (those are each
/// implementation's own words) and without the introspection types, to which graphql-js 17 adds drafts.
/// </summary>
internal static class IntrospectionNormal
{
    private const string Document = """
        {
          __schema {
            description
            queryType { name kind }
            mutationType { name kind }
            subscriptionType { name kind }
            types { ...Type }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
          }
        }
        fragment Type on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...Input } type { ...Reference } isDeprecated deprecationReason }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Reference }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Reference }
        }
        fragment Input on __InputValue { name description type { ...Reference } defaultValue isDeprecated deprecationReason }
        fragment Reference on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } }
        """;

    private static readonly string[] BuiltIn = ["Int", "Float", "String", "Boolean", "ID"];

    private static readonly string[] Drafts = ["defer", "stream", "DIRECTIVE_DEFINITION"];

    public static async Task<JsonNode> Query(IGraphQLExecutor executor)
    {
        var result = await executor.ExecuteAsync(new GraphQLRequest(Document), CancellationToken.None);
        return JsonNode.Parse(result.ToJson())!["data"]!["__schema"]!;
    }

    public static string Of(JsonNode schema)
    {
        var types = schema["types"]!.AsArray()
            .Where(type => !((string)type!["name"]!).StartsWith("__", StringComparison.Ordinal))
            .OrderBy(type => (string)type!["name"]!, StringComparer.Ordinal)
            .Select(type => Clean(type!, BuiltIn.Contains((string)type!["name"]!)));
        var directives = schema["directives"]!.AsArray()
            .Where(directive => !Drafts.Contains((string)directive!["name"]!))
            .OrderBy(directive => (string)directive!["name"]!, StringComparer.Ordinal)
            .Select(directive => Clean(directive!, withoutDescriptions: true));
        return string.Join('\n', types.Concat(directives).Prepend(Clean(schema["queryType"]!, withoutDescriptions: false)));
    }

    // Entries in alphabetical order, absent ones and nulls alike left out.
    private static string Clean(JsonNode? node, bool withoutDescriptions) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map
            .Where(entry => entry.Value is not null && !(withoutDescriptions && entry.Key == "description"))
            .Where(entry => !(entry.Key is "isDeprecated" && withoutDescriptions && entry.Value!.GetValue<bool>() is false))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key}:{Clean(Reordered(entry.Key, entry.Value!), withoutDescriptions)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(each => Clean(each, withoutDescriptions)))}]",
        _ => node?.ToJsonString() ?? "null",
    };

    // Neither the order of a type's possible types nor that of locations means anything.
    private static JsonNode Reordered(string key, JsonNode value) =>
        key is "possibleTypes" or "locations"
            ? new JsonArray([.. value.AsArray().Where(each => !IsDraft(each!)).Select(each => each!.DeepClone()).OrderBy(each => each.ToJsonString(), StringComparer.Ordinal)])
            : value;

    private static bool IsDraft(JsonNode each) => each is JsonValue name && Drafts.Contains((string)name!);
}
