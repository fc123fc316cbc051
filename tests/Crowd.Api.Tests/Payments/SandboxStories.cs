using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Payments;

/// <summary>The sandbox's checkout and disputes: the ways of real money with money that is not.</summary>
public sealed class SandboxStories : IAsyncLifetime
{
    private const string Play = "mutation($t: ID!, $w: SandboxHappening!) { playSandbox(topUp: $t, what: $w) }";

    private readonly CheckoutServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_top_up_waits_is_declined_paid_disputed_and_won_as_the_administrator_says()
    {
        var (owner, administrator) = (await _server.SignUpAsync("Owner"), await _server.AdministratorAsync());
        var requester = await owner.FoundAsync();
        var topUp = (await owner.TopUpAsync(requester, 9_000_000)).GetString()!;
        Assert.Equal("pending", await StatusAsync());
        Assert.Equal("FORBIDDEN", (await owner.RefusedAsync(Play, new { t = topUp, w = "PAID" })).Code);

        await PlayAsync("DECLINED");
        Assert.Equal(0, await BalanceAsync());
        Assert.True(await PlayAsync("PAID"));
        Assert.False(await PlayAsync("PAID"));
        await EventuallyAsync(9_000_000);
        Assert.Equal("paid", await StatusAsync());
        await PlayAsync("DISPUTED");
        await EventuallyAsync(0);
        await PlayAsync("DISPUTE_WON");
        await EventuallyAsync(9_000_000);
        Assert.Equal("won", (await owner.SendAsync("query($r: ID!) { disputes(requester: $r) { nodes { status } } }", new { r = requester })).GetProperty("nodes")[0].GetProperty("status").GetString());

        var second = (await owner.TopUpAsync(requester, 5_000_000)).GetString()!;
        await administrator.SendAsync(Play, new { t = second, w = "EXPIRED" });
        while ((await owner.SendAsync("query($id: ID!) { topUp(id: $id) { status } }", new { id = second })).GetProperty("status").GetString() != "givenUp")
            await Task.Delay(25, CancellationToken.None);
        Assert.Equal(9_000_000, await BalanceAsync());

        async Task<bool> PlayAsync(string what) => (await administrator.SendAsync(Play, new { t = topUp, w = what })).GetBoolean();

        async Task<string> StatusAsync() => (await owner.SendAsync("query($id: ID!) { topUp(id: $id) { status } }", new { id = topUp })).GetProperty("status").GetString()!;

        async Task<long> BalanceAsync() => (await owner.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros } }", new { of = requester })).EnumerateArray().Sum(a => a.GetProperty("balanceMicros").GetInt64());

        // What follows from an event follows a little later; the runner's limit ends a wait without end.
        async Task EventuallyAsync(long micros)
        {
            while (await BalanceAsync() != micros)
                await Task.Delay(25, CancellationToken.None);
        }
    }

    private sealed class CheckoutServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}", "--Crowd:SandboxCheckout=true", "--STRIPE_API_KEY=")
    {
        protected override bool HasPayments => true;
    }
}
