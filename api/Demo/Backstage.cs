using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Api.Hosting;
using Crowd.Domain;

namespace Crowd.Api.Demo;

/// <summary>Accounts, organisations and the ends of jobs: what the demo and the examples need before and after what they show.</summary>
internal sealed class Backstage(HttpClient http)
{
    /// <summary>The password of every account that is made here.</summary>
    public const string Password = "demo-password-1";

    /// <summary>The first administrator.</summary>
    public const string Administrator = "admin@demo.crowd.example";

    private readonly ApiClient _anonymous = new(http, null);

    /// <summary>What a server is started with that plays to itself: its only client is not held to the limits that keep clients from each other.</summary>
    public static string[] Configuration =>
    [
        "--Crowd:RequestsPerSecond=0", "--Crowd:AnonymousRequestsPerSecond=0", "--Crowd:SignInsPerMinute=0", "--Crowd:Introspection=true",
        $"--Crowd:AdministratorEmail={Administrator}", $"--Crowd:AdministratorPassword={Password}",
    ];

    /// <summary>A client of the server that keeps cookies.</summary>
    /// <param name="url">Where it listens; an address that stands for all of the machine's is taken for the loopback.</param>
    public static HttpClient Connect(string url) => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 64 })
    {
        BaseAddress = new Uri(url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal)),
    };

    /// <summary>An API key of the account, which is made if it is not there.</summary>
    public async Task<ApiClient> SignInAsync(string email, string name, CancellationToken cancellationToken)
    {
        var variables = new JsonObject { ["email"] = email, ["password"] = Password };
        try
        {
            await _anonymous.SendAsync("mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }", variables, cancellationToken);
        }
        catch (ApiRefusal refusal) when (refusal.Code == "UNAUTHENTICATED")
        {
            await _anonymous.SendAsync(
                "mutation($email: String!, $password: String!, $name: String!) { signUp(email: $email, password: $password, name: $name) { id } }",
                new() { ["email"] = email, ["password"] = Password, ["name"] = name }, cancellationToken);
        }

        // The session's cookie is the client's now; the key it makes stands for the person from here on.
        await RevokeOldKeysAsync(cancellationToken);
        var key = await _anonymous.SendAsync("mutation { createApiKey(name: \"demo\") { secret } }", null, cancellationToken);
        return _anonymous.As(key.GetProperty("createApiKey").GetProperty("secret").GetString()!);
    }

    /// <summary>A quality manager, made one by the administrator.</summary>
    public async Task<ApiClient> AppointAsync(ApiClient administrator, string email, string name, CancellationToken cancellationToken)
    {
        var client = await SignInAsync(email, name, cancellationToken);
        await administrator.SendAsync("mutation($email: String!) { grantStaffRole(email: $email, role: QUALITY_MANAGER) }", new() { ["email"] = email }, cancellationToken);
        return client;
    }

    /// <summary>An account that works: its client and the worker's id.</summary>
    public async Task<(ApiClient Client, string Worker)> HireAsync(string email, string name, CancellationToken cancellationToken)
    {
        var client = await SignInAsync(email, name, cancellationToken);
        return (client, (await client.SendAsync("mutation { becomeWorker }", null, cancellationToken)).GetProperty("becomeWorker").GetString()!);
    }

    /// <summary>The requester's organisation, which is made if there is none.</summary>
    public static async Task<string> OrganisationAsync(ApiClient requester, string name, CancellationToken cancellationToken)
    {
        var mine = (await requester.SendAsync("{ me { organisations { id } } }", null, cancellationToken)).GetProperty("me").GetProperty("organisations");
        return mine.GetArrayLength() > 0
            ? mine[0].GetProperty("id").GetString()!
            : (await requester.SendAsync("mutation($name: String!) { createOrganisation(name: $name) { id } }", new() { ["name"] = name }, cancellationToken))
                .GetProperty("createOrganisation").GetProperty("id").GetString()!;
    }

    /// <summary>Tops the organisation up.</summary>
    public static Task<JsonElement> TopUpAsync(ApiClient requester, string organisation, long micros, CancellationToken cancellationToken) =>
        requester.SendAsync(
            "mutation($requester: ID!, $amount: Long!) { topUp(requester: $requester, amountMicros: $amount) }",
            new() { ["requester"] = organisation, ["amount"] = micros }, cancellationToken);

    /// <summary>Closes the job and waits until it is.</summary>
    public static async Task CloseAsync(ApiClient requester, string job, CancellationToken cancellationToken)
    {
        await requester.SendAsync("mutation($job: ID!) { closeJob(id: $job) { status } }", new() { ["job"] = job }, cancellationToken);
        while ((await requester.SendAsync("query($job: ID!) { job(id: $job) { status } }", new() { ["job"] = job }, cancellationToken))
            .GetProperty("job").GetProperty("status").GetString() != "CLOSED")
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Over the whole ledger: debits equal credits in every currency, and no account is negative that must not be.</summary>
    public static async Task<bool> IsBalancedAsync(Reads reads, CancellationToken cancellationToken)
    {
        var accounts = await reads.ListAsync<Balance>("select account, currency, credits, debits from accounts", null, cancellationToken);
        return accounts.GroupBy(a => a.Currency, StringComparer.Ordinal).All(g => g.Sum(a => a.Credits) == g.Sum(a => a.Debits))
            && accounts.All(a => a.Credits >= a.Debits || Account.MayBeNegative(a.Account));
    }

    private async Task RevokeOldKeysAsync(CancellationToken cancellationToken)
    {
        var keys = (await _anonymous.SendAsync("{ apiKeys { id name } }", null, cancellationToken)).GetProperty("apiKeys");
        foreach (var key in keys.EnumerateArray().Where(k => k.GetProperty("name").GetString() == "demo"))
            await _anonymous.SendAsync("mutation($key: ID!) { revokeApiKey(key: $key) }", new() { ["key"] = key.GetProperty("id").GetString() }, cancellationToken);
    }

    private sealed class Balance
    {
        public string Account { get; set; } = "";

        public string Currency { get; set; } = "";

        public long Credits { get; set; }

        public long Debits { get; set; }
    }
}
