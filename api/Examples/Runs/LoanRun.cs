using System.Text.Json;

namespace Crowd.Api.Examples;

/// <summary>Loan approval with hold, edge-case rule and parity report (<c>docs/examples/loans.md</c>).</summary>
internal sealed class LoanRun(HttpClient http, LoanWorld world) : ExampleRun(http, "loans", world)
{
    /// <summary>As the page says.</summary>
    private const int MostAnswers = 3;

    private int _vetoed;

    public override int Steps => (world.Past.Count * 3) + (world.Stream.Count * 2);

    protected override string ReportQuery => "?by=input.group&favourable=approve";

    protected override async Task PlayAsync(CancellationToken cancellationToken)
    {
        await ImportAsync(world.Past, cancellationToken);
        await OpenAsync((world.Past.Count + world.Stream.Count) * MostAnswers, cancellationToken);
        await WorkAsync(cancellationToken);
        await ApproveAsync(cancellationToken);
        await AskAsync(world.Stream, (item, decision) => WatchAsync(item, decision, cancellationToken), cancellationToken);
        await WorkAsync(cancellationToken);
    }

    protected override async Task<IReadOnlyList<ExampleFigure>> FiguresAsync(IReadOnlyList<ExampleCase> cases, JsonElement report, CancellationToken cancellationToken)
    {
        var decisions = await DecisionsAsync(cancellationToken);
        var edge = decisions.Where(d => d.GetProperty("routing").GetProperty("rule").GetString() == "strong-but-denied").ToList();
        var parity = report.GetProperty("parity").EnumerateArray().Select(p =>
        {
            var rate = p.GetProperty("rate");
            return new ExampleFigure($"approved{Capital(p.GetProperty("by").GetString()!)}{p.GetProperty("group").GetString()}", rate.GetProperty("value").GetDouble(), ExampleReport.Shown(rate));
        });
        return
        [
            .. await GateFiguresAsync(cancellationToken),
            new("vetoed", _vetoed),
            new("edgeCaseRuleHits", edge.Count),
            new("edgeCasesApproved", edge.Count(d => d.GetProperty("label").GetProperty("choice").GetString() == "approve")),
            .. parity,
            .. cases.GroupBy(c => (string)c.Item.Input["group"]!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, Share: g.Average(c => c.Item.Truth == "approve" ? 1.0 : 0)))
                .Select(g => new ExampleFigure($"worthyInTruth{g.Key}", g.Share, ExampleReport.Percent(g.Share))),
        ];
    }

    /// <summary>An officer who looks over what is accepted stops some of it while there is time.</summary>
    private async Task WatchAsync(ExampleItem item, JsonElement decision, CancellationToken cancellationToken)
    {
        if (decision.GetProperty("status").GetString() != "ACCEPTED" || !world.Stops(item))
            return;
        try
        {
            await SendAsync(Requester, "Veto", new() { ["decision"] = decision.GetProperty("id").GetString() }, cancellationToken);
            Interlocked.Increment(ref _vetoed);
        }
        catch (Demo.ApiRefusal refusal) when (refusal.Code == "WINDOW_CLOSED")
        {
            // Too late: it went out.
        }
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
