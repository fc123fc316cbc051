using System.Text.Json;

namespace Crowd.Api.Examples;

/// <summary>Content moderation with audit sampling (<c>docs/examples/moderation.md</c>).</summary>
internal sealed class ModerationRun(HttpClient http, ModerationWorld world) : ExampleRun(http, "moderation", world)
{
    /// <summary>As the page says.</summary>
    private const int MostAnswers = 4;

    private readonly List<ExampleItem> _appeals = [];

    public override int Steps => (world.Past.Count * 3) + (world.Stream.Count * 2);

    protected override async Task PlayAsync(CancellationToken cancellationToken)
    {
        await ImportAsync(world.Past, cancellationToken);
        await OpenAsync((world.Past.Count + (2 * world.Stream.Count)) * MostAnswers, cancellationToken);
        await WorkAsync(cancellationToken);
        await ApproveAsync(cancellationToken);
        await AskAsync(world.Stream, null, cancellationToken);
        await WorkAsync(cancellationToken);

        // Authors read what became of their posts.
        var posts = world.Stream.ToDictionary(p => p.Id, StringComparer.Ordinal);
        foreach (var decision in await DecisionsAsync(cancellationToken))
        {
            if (world.AppealOf(posts[decision.GetProperty("key").GetString()!], decision.GetProperty("label").GetProperty("choice").GetString()!) is { } appeal)
                _appeals.Add(appeal);
        }

        await AskAsync(_appeals, null, cancellationToken);
        await WorkAsync(cancellationToken);
    }

    protected override async Task<IReadOnlyList<ExampleFigure>> FiguresAsync(IReadOnlyList<ExampleCase> cases, JsonElement report, CancellationToken cancellationToken)
    {
        var audit = report.GetProperty("acceptedAccuracy");
        var truth = cases.Where(c => c.Accepted).Average(c => c.Item.Said == c.Item.Truth ? 1.0 : 0);
        var given = cases.Where(c => _appeals.Exists(a => a.Id == c.Item.Id)).ToList();
        return
        [
            new("accuracyByAudit", audit.GetProperty("value").GetDouble(), ExampleReport.Shown(audit)),
            new("accuracyInTruth", truth, ExampleReport.Percent(truth)),
            .. await GateFiguresAsync(cancellationToken),
            new("appeals", given.Count),
            new("appealsUpheld", given.Count(c => c.Given == "allow")),
        ];
    }
}
