using System.Text.Json;

namespace Crowd.Api.Examples;

/// <summary>Medical double reading with adjudication (<c>docs/examples/reading.md</c>).</summary>
internal sealed class ReadingRun(HttpClient http, ReadingWorld world) : ExampleRun(http, "reading", world)
{
    /// <summary>As the page says.</summary>
    private const int Readings = 2;

    private int _adjudicated;

    public override int Steps => world.Stream.Count * 3;

    /// <summary>To take a suspicious image for benign is critical, too.</summary>
    protected override string ReportQuery => "?criticalMicros=10000000";

    protected override async Task PlayAsync(CancellationToken cancellationToken)
    {
        await SendAsync(Requester, "Rules", new() { ["job"] = Job }, cancellationToken);
        await OpenAsync(world.Stream.Count * Readings, cancellationToken);
        await AskAsync(world.Stream, null, cancellationToken);
        await WorkAsync(cancellationToken);
    }

    /// <summary>The senior settles what two readers disagree on.</summary>
    protected override async Task<int> JudgeMoreAsync(CancellationToken cancellationToken)
    {
        var disputed = (await SendAsync(Judge, "Disputed", new() { ["job"] = Job }, cancellationToken)).GetProperty("nodes");
        foreach (var one in disputed.EnumerateArray())
        {
            var task = one.GetProperty("task");
            await SendAsync(
                Judge, "Adjudicate",
                new() { ["task"] = one.GetProperty("taskId").GetString(), ["label"] = JudgementOf(task.GetProperty("input")), ["version"] = task.GetProperty("version").GetInt64() },
                cancellationToken);
            _adjudicated++;
        }

        return disputed.GetArrayLength();
    }

    protected override async Task<IReadOnlyList<ExampleFigure>> FiguresAsync(IReadOnlyList<ExampleCase> cases, JsonElement report, CancellationToken cancellationToken)
    {
        var agreement = (await SendAsync(Requester, "Readers", new() { ["job"] = Job }, cancellationToken)).GetProperty("agreement");
        var share = (double)_adjudicated / cases.Count;
        return
        [
            new("adjudicated", share, $"{_adjudicated} of {cases.Count} ({ExampleReport.Percent(share)})"),
            new("readersAgree", agreement.GetProperty("pairwiseAgreement").GetDouble(), ExampleReport.Percent(agreement.GetProperty("pairwiseAgreement").GetDouble())),
            new("krippendorffAlpha", agreement.GetProperty("krippendorffAlpha").GetDouble()),
            new("missedByMachine", cases.Count(c => c.Item.Truth == "suspicious" && c.Item.Said != "suspicious")),
            new("missedByPeople", cases.Count(c => c.Item.Truth == "suspicious" && c.Given != "suspicious")),
            .. await GateFiguresAsync(cancellationToken),
        ];
    }
}
