using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Demo;

/// <summary>A program that talks to the API like any other: GraphQL over HTTP, as one person.</summary>
internal sealed class ApiClient(HttpClient http, string? key)
{
    /// <summary>The same server as another person.</summary>
    public ApiClient As(string secret) => new(http, secret);

    /// <summary>Sends an operation and gives its data; refusals are thrown with their code.</summary>
    public async Task<JsonElement> SendAsync(string document, JsonObject? variables, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new JsonObject { ["query"] = document, ["variables"] = variables }),
        };
        var root = await ReadAsync(await SendAsync(request, cancellationToken), cancellationToken);
        if (root.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0)
        {
            var first = errors[0];
            var code = first.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var given) ? given.GetString()! : "UNKNOWN";
            throw new ApiRefusal(code, first.GetProperty("message").GetString()!);
        }

        return root.GetProperty("data");
    }

    /// <summary>Uploads a file of tasks.</summary>
    public Task<JsonElement> ImportAsync(string job, Stream tasks, string contentType, CancellationToken cancellationToken) =>
        PostAsync($"/jobs/{job}/tasks", new StreamContent(tasks), contentType, cancellationToken);

    /// <summary>Uploads JSON lines.</summary>
    public Task<JsonElement> PostLinesAsync(string path, IEnumerable<JsonObject> lines, CancellationToken cancellationToken) =>
        PostAsync(path, new StringContent(string.Concat(lines.Select(l => l.ToJsonString() + "\n"))), "application/x-ndjson", cancellationToken);

    /// <summary>Fetches a JSON object.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await ReadAsync(await SendAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Fetches JSON lines.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetLinesAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return [await ReadAsync(response, cancellationToken)];
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize(l, ApiJson.Default.JsonElement))];
    }

    private async Task<JsonElement> PostAsync(string path, HttpContent content, string contentType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await ReadAsync(await SendAsync(request, cancellationToken), cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            try
            {
                var root = JsonSerializer.Deserialize(bytes, ApiJson.Default.JsonElement);
                return root.TryGetProperty("code", out var code)
                    ? throw new ApiRefusal(code.GetString()!, root.GetProperty("detail").GetString()!)
                    : root;
            }
            catch (JsonException)
            {
                throw new ApiRefusal($"HTTP_{(int)response.StatusCode}", $"The server answered {(int)response.StatusCode} and no JSON.");
            }
        }
    }
}

/// <summary>The server refused a request.</summary>
internal sealed class ApiRefusal(string code, string message) : Exception($"{code}: {message}")
{
    public string Code { get; } = code;
}
