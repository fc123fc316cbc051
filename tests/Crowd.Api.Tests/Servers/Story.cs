using System.Text.Json;

namespace Crowd.Api.Tests.Servers;

/// <summary>Tests that are the same on every store.</summary>
public abstract class Story(Func<Cast> cast)
{
    protected Cast Cast => cast();

    protected Person Owner => Cast.Owner;

    protected Person WorkerA => Cast.Workers[0];

    protected Person WorkerB => Cast.Workers[1];

    protected Person WorkerC => Cast.Workers[2];

    /// <summary>Asks until the answer is the wanted one: some things follow a request a little later.</summary>
    protected static async Task EventuallyAsync(string wanted, Func<Task<string>> ask)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string last;
        while ((last = await ask()) != wanted)
        {
            Assert.False(patience.IsCancellationRequested, $"Wanted {wanted}, got {last}.");
            await Task.Delay(25, CancellationToken.None);
        }
    }

    protected async Task<long> BalanceAsync(Person person, string of) =>
        (await person.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros } }", new { of })) is { } accounts && accounts.GetArrayLength() > 0
            ? accounts[0].GetProperty("balanceMicros").GetInt64()
            : 0;

    protected static string[] Names(JsonElement list, string property) => [.. list.EnumerateArray().Select(e => e.GetProperty(property).ToString())];
}
