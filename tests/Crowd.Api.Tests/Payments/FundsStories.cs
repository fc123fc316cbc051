using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Payments;

/// <summary>Money of organisations and workers over GraphQL, with the sandbox: who may, what comes of it, and how it is read.</summary>
[Collection(SqliteStage.Name)]
public sealed class FundsStories(SqliteStage stage) : Story(() => stage.Cast)
{
    private const string Refund = "mutation($r: ID!, $t: ID!, $m: Long!, $id: ID) { refundTopUp(requester: $r, topUp: $t, amountMicros: $m, refund: $id) }";
    private const string Bonus = "mutation($r: ID!, $j: ID!, $w: ID!, $m: Long!, $id: ID) { payBonus(requester: $r, job: $j, worker: $w, amountMicros: $m, reason: \"well done\", bonus: $id) }";
    private const string NoWorker = "wrk_00000000000000000000000000";

    [Fact]
    public async Task A_refund_is_for_owners_has_one_effect_and_members_see_it()
    {
        var requester = await Owner.FoundAsync("Refunds Ltd");
        var topUp = (await Owner.TopUpAsync(requester, 10_000_000)).GetString()!;
        var arguments = new { r = requester, t = topUp, m = 4_000_000L, id = "rfd_00000000000000000000000001" };
        foreach (var person in (Person[])[Cast.Editor, Cast.Viewer, Cast.Stranger, WorkerA, Cast.QualityManager])
        {
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(Refund, arguments)).Code);
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync("query($r: ID!) { refunds(requester: $r) { nodes { id } } }", new { r = requester })).Code);
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync("query($r: ID!) { topUps(requester: $r) { nodes { id } } }", new { r = requester })).Code);
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync("query($r: ID!) { disputes(requester: $r) { nodes { id } } }", new { r = requester })).Code);
            if (person != Cast.QualityManager) // who may look at everything by its id
                Assert.Equal("NOT_FOUND", (await person.RefusedAsync("query($id: ID!) { topUp(id: $id) { id } }", new { id = topUp })).Code);
        }

        Assert.Equal("UNAUTHENTICATED", (await stage.Server.Anonymous.RefusedAsync(Refund, arguments)).Code);
        for (var i = 0; i < 2; i++)
            Assert.Equal(arguments.id, (await Owner.SendAsync(Refund, arguments)).GetString());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Owner.RefusedAsync(Refund, arguments with { m = 3_000_000L })).Code);
        Assert.Equal("INSUFFICIENT_FUNDS", (await Owner.RefusedAsync(Refund, arguments with { m = 7_000_000L, id = "rfd_00000000000000000000000002" })).Code);
        Assert.Equal(6_000_000, await BalanceAsync(Owner, requester));
        await EventuallyAsync("posted", async () => (await Owner.SendAsync("query($r: ID!) { refunds(requester: $r) { nodes { status } } }", new { r = requester })).GetProperty("nodes")[0].GetProperty("status").GetString()!);
    }

    [Fact]
    public async Task A_bonus_is_for_owners_goes_to_who_answered_and_both_sides_see_it()
    {
        var job = await Cast.OpenJobAsync(tasks: 2);
        await WorkerA.WorkAsync(job, "cat");
        var arguments = new { r = Cast.Organisation, j = job, w = Cast.WorkerIds[0], m = 500_000L, id = "bon_00000000000000000000000001" };
        foreach (var person in (Person[])[Cast.Editor, Cast.Viewer, Cast.Stranger, WorkerA, Cast.QualityManager])
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(Bonus, arguments)).Code);
        var (before, available) = (await BalanceAsync(WorkerA, Cast.WorkerIds[0]), await BalanceAsync(Owner, Cast.Organisation));
        for (var i = 0; i < 2; i++)
            await Owner.SendAsync(Bonus, arguments);

        Assert.Equal(before + 500_000, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
        Assert.Equal(available - 600_000, await BalanceAsync(Owner, Cast.Organisation));
        Assert.Equal("NOT_FOUND", (await Owner.RefusedAsync(Bonus, arguments with { w = NoWorker, id = "bon_00000000000000000000000002" })).Code);
        Assert.Contains("well done", (await WorkerA.SendAsync("{ myBonuses(first: 5) { nodes { amountMicros reason } } }")).ToString(), StringComparison.Ordinal);
        Assert.Equal(1, (await Cast.Viewer.SendAsync("query($j: ID!) { bonuses(job: $j) { nodes { id } totalCount } }", new { j = job })).GetProperty("totalCount").GetInt32());
        Assert.Equal("NOT_FOUND", (await Cast.Stranger.RefusedAsync("query($j: ID!) { bonuses(job: $j) { nodes { id } } }", new { j = job })).Code);
    }

    [Fact]
    public async Task A_statement_read_in_pages_is_the_whole_and_its_running_balance_is_the_accounts()
    {
        var requester = await Owner.FoundAsync("Statements Ltd");
        foreach (var micros in (long[])[3_000_000, 5_000_000, 7_000_000, 11_000_000, 13_000_000])
            await Owner.TopUpAsync(requester, micros);

        var lines = new List<JsonElement>();
        string? after = null;
        for (var more = true; more;)
        {
            var page = await Owner.SendAsync(
                "query($of: String!, $after: String) { statement(of: $of, first: 2, after: $after) { nodes { id amountMicros balanceMicros kind } pageInfo { hasNextPage endCursor } } }", new { of = requester, after });
            lines.AddRange(page.GetProperty("nodes").EnumerateArray());
            Assert.InRange(page.GetProperty("nodes").GetArrayLength(), 1, 2);
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }

        Assert.Equal(5, lines.Select(l => l.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(39_000_000, lines.Sum(l => l.GetProperty("amountMicros").GetInt64()));
        Assert.Equal(39_000_000, lines.Max(l => l.GetProperty("balanceMicros").GetInt64()));
        var ordered = lines.OrderBy(l => l.GetProperty("balanceMicros").GetInt64()).ToList();
        for (var i = 1; i < ordered.Count; i++)
            Assert.Equal(ordered[i].GetProperty("balanceMicros").GetInt64() - ordered[i].GetProperty("amountMicros").GetInt64(), ordered[i - 1].GetProperty("balanceMicros").GetInt64());
        Assert.Equal("FORBIDDEN", (await Cast.Stranger.RefusedAsync("query($of: String!) { statement(of: $of) { nodes { id } } }", new { of = requester })).Code);
    }

    [Fact]
    public async Task Workers_open_accounts_and_schedules_of_their_own()
    {
        foreach (var document in (string[])["{ myPayee { ready } }", "mutation { openPayee(country: \"US\") }", "mutation { onboardPayee }", "mutation { refreshPayee }", "mutation { schedulePayouts(thresholdMicros: 5000000) }", "{ myBonuses { nodes { id } } }"])
        {
            Assert.Equal("UNAUTHENTICATED", (await stage.Server.Anonymous.RefusedAsync(document)).Code);
            Assert.Equal("FORBIDDEN", (await Cast.QualityManager.RefusedAsync(document)).Code);
        }

        Assert.Equal("INVALID", (await WorkerB.RefusedAsync("mutation { openPayee(country: \"Nowhere\") }")).Code);
        Assert.Equal("INVALID", (await WorkerB.RefusedAsync("mutation { onboardPayee(returnTo: \"https://elsewhere.example/\") }")).Code);
        Assert.Equal("INVALID", (await WorkerB.RefusedAsync("mutation { schedulePayouts(thresholdMicros: 1) }")).Code);
        await WorkerB.SendAsync("mutation { openPayee(country: \"US\") }");
        await WorkerB.SendAsync("mutation { schedulePayouts(thresholdMicros: 5000000, weekday: FRIDAY) }");
        Assert.Equal("US True 5000000 FRIDAY", await PayeeAsync());
        await WorkerB.SendAsync("mutation { schedulePayouts }");
        Assert.Equal("US True  ", await PayeeAsync());

        async Task<string> PayeeAsync()
        {
            var payee = await WorkerB.SendAsync("{ myPayee { country ready scheduleThresholdMicros scheduleWeekday } }");
            return string.Join(' ', payee.EnumerateObject().Select(p => p.Value.ToString()));
        }
    }

    [Theory]
    [InlineData("mutation { reconcilePayments }")]
    [InlineData("mutation { correctPayout(payout: \"pay_00000000000000000000000000\", reference: \"tr_1\", reason: \"x\") }")]
    [InlineData("{ paymentDifferences { source } }")]
    [InlineData("{ paymentEvents { nodes { id } } }")]
    public async Task The_providers_books_are_for_administrators(string document)
    {
        foreach (var person in (Person[])[Owner, WorkerA, Cast.QualityManager])
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(document)).Code);
        var (_, root) = await Cast.Administrator.TryAsync(document);
        Assert.DoesNotContain("FORBIDDEN", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sandbox_says_that_no_money_is_real_and_takes_no_messages()
    {
        Assert.Equal("sandbox False", string.Join(' ', (await WorkerA.SendAsync("{ payments { provider isReal } }")).EnumerateObject().Select(p => p.Value.ToString())));
        using var content = new StringContent("{}");
        using var response = await stage.Server.Anonymous.Http.PostAsync(new Uri("/payments/events", UriKind.Relative), content);
        Assert.Contains("NOT_EXPECTED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
