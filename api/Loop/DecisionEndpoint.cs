using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Loop;
using Microsoft.AspNetCore.Http.Features;

namespace Crowd.Api.Loop;

/// <summary>
/// <c>POST /jobs/{id}/decisions</c>: the mutation <c>requestDecision</c> without GraphQL around it, for programs that ask often. The body is
/// <c>{"key": …, "input": …, "prediction": {"model": …, "version": …, "label": …, "confidence": …}}</c>, a prediction being written as in <see cref="PredictionLine"/>;
/// the answer has the fields of <see cref="DecisionResult"/>, the label in short.
/// </summary>
internal static class DecisionEndpoint
{
    public const string Path = "/jobs/{id}/decisions";

    /// <summary>Most bytes of a body: an input and as much again.</summary>
    private const int MostBytes = 2 * TaskInput.MaxBytes;

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            var caller = http.Caller();
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
            var sight = await LoopMutations.SightAsync(id, caller, grains);
            var draft = await ReadAsync(http, sight.Spec!.Schema);
            var made = (await grains.GetGrain<IGateGrain>(id.Value).RequestAsync(draft, caller.Actor)).OrThrow();
            http.Response.ContentType = "application/json";
            var json = JsonSerializer.SerializeToUtf8Bytes(DecisionReply.Of(made), DecisionJson.Default.DecisionReply);
            http.Response.ContentLength = json.Length;
            await http.Response.Body.WriteAsync(json, http.RequestAborted);
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", $"A request has at most {MostBytes} bytes.");
        }
    }

    private static async Task<DecisionDraft> ReadAsync(HttpContext http, LabelSchema schema)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        DecisionBody? fields;
        try
        {
            fields = await JsonSerializer.DeserializeAsync(http.Request.Body, DecisionJson.Default.DecisionBody, http.RequestAborted);
        }
        catch (JsonException e)
        {
            throw Refusals.Invalid($"The body is no JSON object of a request: {e.Message.Split(" Path:")[0]}");
        }

        if (fields?.Input is not { } input || fields.Prediction is not { } said)
            throw Refusals.Invalid("Give key, input and prediction.");
        var (prediction, message) = new PredictionLine(schema).Check(said, TaskInput.Unknown);
        return prediction is null ? throw Refusals.Invalid($"prediction: {message}") : new(fields.Key ?? "", input.GetRawText(), prediction);
    }
}

/// <summary>What a request for a decision says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DecisionBody
{
    public string? Key { get; init; }

    public JsonElement? Input { get; init; }

    public PredictionFields? Prediction { get; init; }
}

/// <summary>What it is answered.</summary>
internal sealed record DecisionReply(
    string Id, string Status, JsonElement? Label, double? Confidence, DateTimeOffset? VetoUntil, DateTimeOffset? Due, string? Rule, string? ReleasedBy, bool Repeated)
{
    public static DecisionReply Of(DecisionSight sight)
    {
        var result = DecisionResult.Of(sight);
        return new(
            sight.Id.Value, Name(result.Status), sight.State.Label is { } label ? Short(label) : null, result.Confidence, result.VetoUntil, result.Due, result.Rule,
            result.ReleasedBy is { } by ? Name(by) : null, sight.Repeated);
    }

    /// <summary>Enums as the GraphQL schema writes them; all of these are single words.</summary>
    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();

    /// <summary>A label in short where it has a short form, as it may be written in a prediction.</summary>
    private static JsonElement Short(Answer label) => label switch
    {
        Answer.Rated a => JsonSerializer.SerializeToElement(a.Value, ApiJson.Default.Int32),
        _ when Prediction.ClassName(label) is { } name => JsonSerializer.SerializeToElement(name, ApiJson.Default.String),
        _ => JsonSerializer.SerializeToElement(label, DomainJson.Default.Answer),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(DecisionReply))]
internal sealed partial class DecisionJson : JsonSerializerContext;
