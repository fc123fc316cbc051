using System.Diagnostics;
using System.Text.Json;
using Crowd.Api.Tests.Servers;
using Crowd.StandIn;

namespace Crowd.Api.Tests.Processes;

/// <summary>
/// The server dies by SIGKILL in the midst of a payout: while the provider has its request and has not had its effect, and when it has had it and nobody was told. Every step in between is
/// walked through, without processes, by the kill tests of the simulation.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class PayoutKillTests : IAsyncLifetime
{
    private const long PayoutMicros = 5_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowd-payout-kill-");
    private readonly StandInOptions _options = new();
    private readonly StripeStandIn _stripe;

    public PayoutKillTests() => _stripe = new(_options, TimeProvider.System, new Random(1));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Killed_before_and_after_the_money_leaves_each_payout_leaves_once_and_the_books_agree()
    {
        await using var provider = await StandInServer.StartAsync(_stripe, CancellationToken.None);
        var database = $"Data Source={Path.Combine(_folder.FullName, "crowd.db")}";
        await using var server = new ServerProcess(
            database, "--STRIPE_API_KEY=sk_test_standin", "--STRIPE_WEBHOOK_SECRETS=whsec_standin_platform,whsec_standin_connect", $"--STRIPE_API_BASE={provider.Address}");
        await server.StartActiveAsync();
        var worker = new Person(new HttpClient { BaseAddress = server.Address });
        await worker.SignUpAsync("worker@crowd.example", "Worker");
        var id = await worker.BecomeWorkerAsync();
        await worker.SendAsync("mutation { openPayee(country: \"US\") }");
        var account = (string)_stripe.All("account")[0]["id"]!;
        _stripe.Onboard(account);
        await worker.SendAsync("mutation { refreshPayee }");
        await EarnAsync(server, worker, id);

        var payouts = new List<string>();
        foreach (var fault in (StandInFault[])[StandInFault.None, StandInFault.NoConnection, StandInFault.LostReply])
        {
            var payout = $"pay_{payouts.Count + 1:D26}";
            payouts.Add(payout);
            var killed = KillAt(server, fault);
            try
            {
                await RequestAsync();
            }
            catch (HttpRequestException) when (fault != StandInFault.None)
            {
                // It died before it could answer: asked for again below.
            }

            await killed.WaitAsync(Patience);
            if (fault != StandInFault.None)
                await server.StartActiveAsync();
            await RequestAsync();
            await UntilAsync("posted", async () => (await worker.SendAsync("{ myPayouts { id status } }")).EnumerateArray().Single(p => p.GetProperty("id").GetString() == payout).GetProperty("status").GetString()!);

            Task<JsonElement> RequestAsync() => worker.SendAsync("mutation($p: ID!, $m: Long!) { requestPayout(payout: $p, amountMicros: $m) }", new { p = payout, m = PayoutMicros });
        }

        Assert.Equal(payouts, _stripe.All("transfer").Select(t => (string)t["transfer_group"]!));
        Assert.Equal(payouts.Count * 500, _stripe.Books.Balance(account, "usd"));
        var books = (await worker.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros pendingOutMicros } }", new { of = id }))[0];
        Assert.Equal((20_100_000 - (payouts.Count * PayoutMicros), 0), (books.GetProperty("balanceMicros").GetInt64(), books.GetProperty("pendingOutMicros").GetInt64()));
        var administrator = new Person(new HttpClient { BaseAddress = server.Address });
        await administrator.SignInAsync(TestServer.AdministratorEmail, TestServer.Password);
        await administrator.SendAsync("mutation { reconcilePayments }");
        Assert.Equal(0, await server.StopAsync());
        var (exitCode, said) = await ServerProcess.VerifyAsync(database);
        Assert.True(exitCode == 0, said);
    }

    /// <summary>Money comes in by the provider's message, and a bonus makes it the worker's.</summary>
    private async Task EarnAsync(ServerProcess server, Person worker, string id)
    {
        var owner = new Person(new HttpClient { BaseAddress = server.Address });
        await owner.SignUpAsync("owner@crowd.example", "Owner");
        var organisation = await owner.FoundAsync();
        await owner.TopUpAsync(organisation, 100_000_000);
        _stripe.Pay((string)_stripe.All("checkout.session")[0]["id"]!);
        while (_stripe.Webhooks.Next() is { } message)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/payments/events") { Content = new ByteArrayContent(message.Body) };
            request.Headers.TryAddWithoutValidation("Stripe-Signature", message.Signature);
            using var response = await owner.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
        }

        await UntilAsync("100000000", async () =>
            (await owner.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros } }", new { of = organisation })).EnumerateArray().Sum(a => a.GetProperty("balanceMicros").GetInt64()).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var job = await owner.CreateJobAsync(organisation, Sketch.Job());
        await owner.ImportAsync(job, Sketch.Tasks(1));
        await owner.FundAsync(job, Sketch.AnswerMicros);
        await owner.DoAsync("openJob", job);
        await worker.WorkAsync(job, "cat");
        await owner.SendAsync("mutation($r: ID!, $j: ID!, $w: ID!) { payBonus(requester: $r, job: $j, worker: $w, amountMicros: 20000000, reason: \"well done\") }", new { r = organisation, j = job, w = id });
    }

    /// <summary>Kills the server at its next transfer, which has its effect then or not; ends at once when nothing is to fail.</summary>
    private Task KillAt(ServerProcess server, StandInFault fault)
    {
        if (fault == StandInFault.None)
            return Task.CompletedTask;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _options.Fault = request =>
        {
            if (request is not { Method: "POST", Path: "/v1/transfers" })
                return StandInFault.None;
            _options.Fault = static _ => StandInFault.None;
            server.Kill();
            killed.SetResult();
            return fault;
        };
        return killed.Task;
    }

    private static async Task UntilAsync(string wanted, Func<Task<string>> ask)
    {
        var waiting = Stopwatch.StartNew();
        while (await ask() is var last && last != wanted)
        {
            Assert.True(waiting.Elapsed < Patience, $"Wanted {wanted}, got {last}.");
            await Task.Delay(50);
        }
    }
}
