using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Access;

/// <summary>Refusals of the domain as errors of the API: the code in capitals, the message, the broken rules.</summary>
public static class Refusals
{
    /// <summary>The value of the outcome; a refusal is thrown.</summary>
    public static T OrThrow<T>(this Outcome<T> outcome) => outcome.Accepted ? outcome.Value : throw Of(outcome.Rejection);

    /// <summary>The error that a refusal is.</summary>
    public static GraphQLException Of(Rejection rejection) => new(
        rejection.Message,
        Code(rejection.Code),
        rejection.Violations.Count == 0
            ? null
            : new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["violations"] = rejection.Violations.Select(v => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["path"] = v.Path,
                    ["rule"] = v.Rule,
                    ["message"] = v.Message,
                }).ToArray(),
            });

    /// <summary>There is no such thing, or the caller may not know of it.</summary>
    public static GraphQLException NotFound(string what) => new($"There is no {what}.", "NOT_FOUND");

    /// <summary>Something in the request is not valid.</summary>
    public static GraphQLException Invalid(string message) => new(message, "INVALID");

    /// <summary>The stable code of a refusal, for example <c>LEASE_EXPIRED</c>.</summary>
    public static string Code(RejectionCode code)
    {
        var name = code.ToString();
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString()));
    }
}
