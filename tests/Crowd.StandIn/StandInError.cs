using System.Text.Json.Nodes;

namespace Crowd.StandIn;

/// <summary>An error that Stripe answers with.</summary>
/// <param name="saved">Whether execution had begun, so that the key remembers it.</param>
internal sealed class StandInError(int status, string type, string? code, string message, string? param, bool saved) : Exception(message)
{
    public int Status => status;

    public bool Saved => saved;

    public string Body
    {
        get
        {
            var error = new JsonObject { ["type"] = type, ["message"] = Message };
            if (code is not null)
                error["code"] = code;
            if (param is not null)
                error["param"] = param;
            return new JsonObject { ["error"] = error }.ToJsonString();
        }
    }

    /// <summary>A parameter is wrong: refused before execution begins.</summary>
    public static StandInError Invalid(string? code, string message, string? param) => new(400, "invalid_request_error", code, message, param, saved: false);

    /// <summary>Refused in execution.</summary>
    public static StandInError Refused(string code, string message, string? param = null) => new(400, "invalid_request_error", code, message, param, saved: true);

    public static StandInError Missing(string what, string id) => new(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'", "id", saved: false);

    public static StandInError Unauthorized() => new(401, "invalid_request_error", null, "Invalid API Key provided.", null, saved: false);

    public static StandInError KeyReused(string key) => new(
        400, "idempotency_error", null, $"Keys for idempotent requests can only be used with the same parameters they were first used with. Key: {key}", null, saved: false);

    public static StandInError KeyInUse(string key) => new(
        409, "idempotency_error", "idempotency_key_in_use", $"There is currently another in-progress request using this Idempotent Key: {key}", null, saved: false);

    public static StandInError RateLimited() => new(429, "invalid_request_error", "rate_limit", "Too many requests hit the API too quickly.", null, saved: false);

    public static StandInError Fault() => new(500, "api_error", null, "An unknown error occurred.", null, saved: true);
}
