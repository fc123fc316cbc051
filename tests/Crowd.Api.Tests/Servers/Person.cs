using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Tests.Servers;

/// <summary>Somebody who sends requests: in a browser's session, whose cookie the client keeps, or as a program with a key.</summary>
public sealed class Person(HttpClient http)
{
    public HttpClient Http => http;

    /// <summary>Sends an operation that is to succeed and gives the value of its only root field.</summary>
    public async Task<JsonElement> SendAsync(string document, object? variables = null)
    {
        var (status, root) = await TryAsync(document, variables);
        Assert.True(!root.TryGetProperty("errors", out var errors), $"{(int)status}: {errors}");
        return root.GetProperty("data").EnumerateObject().Single().Value;
    }

    /// <summary>Sends an operation that is to be refused and gives the refusal.</summary>
    public async Task<Refusal> RefusedAsync(string document, object? variables = null)
    {
        var (status, root) = await TryAsync(document, variables);
        if (root.TryGetProperty("code", out var plain))
            return new(plain.GetString()!, root.GetProperty("detail").GetString()!, default, status);
        Assert.True(root.TryGetProperty("errors", out var errors), $"Not refused: {root}");
        var error = errors[0];
        var extensions = error.GetProperty("extensions");
        return new(extensions.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!, extensions.TryGetProperty("violations", out var v) ? v : default, status);
    }

    /// <summary>Sends an operation and gives the whole response.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Root)> TryAsync(string document, object? variables = null)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query = document, variables });
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Uploads tasks; gives the status and the report or problem.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> ImportAsync(string job, string text, string contentType = "application/x-ndjson", string query = "")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{job}/tasks{query}") { Content = content };
        request.Headers.Add("X-Crowd-Request", "1");
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<string> SignUpAsync(string email, string name, string password = TestServer.Password) =>
        (await SendAsync("mutation($email: String!, $password: String!, $name: String!) { signUp(email: $email, password: $password, name: $name) { id } }", new { email, password, name }))
        .GetProperty("id").GetString()!;

    public Task<JsonElement> SignInAsync(string email, string password) =>
        SendAsync("mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { id email } }", new { email, password });

    public async Task<string> BecomeWorkerAsync() => (await SendAsync("mutation { becomeWorker }")).GetString()!;

    /// <summary>Makes a key and gives a program that uses it.</summary>
    public async Task<(string Id, string Secret, Person Program)> MakeKeyAsync(string name = "program")
    {
        var key = await SendAsync("mutation($name: String!) { createApiKey(name: $name) { id secret } }", new { name });
        var secret = key.GetProperty("secret").GetString()!;
        var program = new HttpClient { BaseAddress = http.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return (key.GetProperty("id").GetString()!, secret, new(program));
    }

    public async Task<string> FoundAsync(string name = "Labels Ltd") =>
        (await SendAsync("mutation($name: String!) { createOrganisation(name: $name) { id } }", new { name })).GetProperty("id").GetString()!;

    public Task<JsonElement> TopUpAsync(string requester, long micros) =>
        SendAsync("mutation($requester: ID!, $micros: Long!) { topUp(requester: $requester, amountMicros: $micros) }", new { requester, micros });

    public async Task<string> CreateJobAsync(string requester, JsonObject job) =>
        (await SendAsync("mutation($requester: ID!, $job: JobInput!) { createJob(requester: $requester, job: $job) { id } }", new { requester, job })).GetProperty("id").GetString()!;

    public async Task<string> ReadJobAsync(string job, string field) =>
        (await SendAsync($"query($job: ID!) {{ job(id: $job) {{ {field} }} }}", new { job })).GetProperty(field).ToString();

    /// <summary>Does one thing to a job and gives its status then.</summary>
    public async Task<string> DoAsync(string what, string job) =>
        (await SendAsync($"mutation($job: ID!) {{ {what}(id: $job) {{ status }} }}", new { job })).GetProperty("status").GetString()!;

    public Task<JsonElement> FundAsync(string job, long micros) =>
        SendAsync("mutation($job: ID!, $micros: Long!) { fundJob(id: $job, amountMicros: $micros) { heldMicros } }", new { job, micros });

    /// <summary>Takes work of the job.</summary>
    public async Task<IReadOnlyList<JsonElement>> TakeAsync(string job, int count = 1) =>
        [.. (await SendAsync("mutation($job: ID!, $count: Int!) { requestWork(job: $job, count: $count) { id task input payMicros leaseUntil } }", new { job, count })).EnumerateArray()];

    public Task<JsonElement> SubmitAsync(string assignment, string choice) => SendAsync(Submission, Answer(assignment, choice));

    public Task<Refusal> SubmitRefusedAsync(string assignment, string choice) => RefusedAsync(Submission, Answer(assignment, choice));

    /// <summary>Takes one task, answers it and gives the assignment.</summary>
    public async Task<string> WorkAsync(string job, string choice)
    {
        var assignment = (await TakeAsync(job))[0].GetProperty("id").GetString()!;
        await SubmitAsync(assignment, choice);
        return assignment;
    }

    private const string Submission = "mutation($assignment: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $assignment, answer: $answer) { assignment repeated } }";

    private static object Answer(string assignment, string choice) => new { assignment, answer = new { choice } };
}

/// <summary>What a server said no with.</summary>
public sealed record Refusal(string Code, string Message, JsonElement Violations, HttpStatusCode Status);
