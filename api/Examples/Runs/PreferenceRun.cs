using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Examples;

/// <summary>Preference ranking for a language model (<c>docs/examples/preferences.md</c>).</summary>
internal sealed class PreferenceRun(HttpClient http, PreferenceWorld world) : ExampleRun(http, "preferences", world)
{
    /// <summary>As the page says.</summary>
    private const int MostAnswers = 5;

    private RewardModel? _model;

    public override int Steps => (world.Past.Count + world.Held.Count) * 3;

    protected override string ReportQuery => $"?model={world.Model}";

    protected override JsonObject AnswerOf(string label) => new() { ["preferred"] = label.ToUpperInvariant() };

    protected override async Task PlayAsync(CancellationToken cancellationToken)
    {
        await ImportAsync(world.Past, cancellationToken);
        await OpenAsync((world.Past.Count + world.Held.Count + world.Stream.Count) * MostAnswers, cancellationToken);
        await WorkAsync(cancellationToken);

        // A trainer reads what people preferred, and its reward model looks at new pairs before people do.
        var preferred = await Requester.GetLinesAsync($"/jobs/{Job}/preferences", cancellationToken);
        _model = RewardModel.Train([.. preferred.Select(l => (l.GetProperty("chosen").GetString()!, l.GetProperty("rejected").GetString()!))]);
        await ScoreAsync(world.Held, cancellationToken);
        await WorkAsync(cancellationToken);
        await ApproveAsync(cancellationToken);

        await SendAsync(Requester, "Pause", new() { ["job"] = Job }, cancellationToken);
        await ScoreAsync(world.Stream, cancellationToken);
        await WaitForRoutingAsync(world.Stream.Count, cancellationToken);
        await SendAsync(Requester, "Resume", new() { ["job"] = Job }, cancellationToken);
        await WorkAsync(cancellationToken);
    }

    protected override async Task<IReadOnlyList<ExampleFigure>> FiguresAsync(IReadOnlyList<ExampleCase> cases, JsonElement report, CancellationToken cancellationToken)
    {
        var scores = (await Requester.GetLinesAsync($"/jobs/{Job}/preferences?as=scores", cancellationToken))
            .ToDictionary(l => (l.GetProperty("prompt").GetString()!, l.GetProperty("completion").GetString()!), l => l.GetProperty("score").GetDouble());
        var pairs = await Requester.GetLinesAsync($"/jobs/{Job}/preferences", cancellationToken);
        var raters = await Requester.GetLinesAsync($"/jobs/{Job}/preferences?as=workers", cancellationToken);
        double Reliability(JsonElement rater) => rater.TryGetProperty("reliability", out var value) ? value.GetDouble() : rater.GetProperty("agreement").GetDouble();

        // Scores are held against qualities prompt by prompt, since nothing ties prompts together, and only where people compared all pairs.
        var byPrompt = new List<double>();
        foreach (var (prompt, responses) in world.Prompts.Take(world.Compared))
        {
            var known = responses.Where(r => scores.ContainsKey((prompt, r.Text))).ToList();
            if (known.Count > 2)
                byPrompt.Add(Spearman([.. known.Select(r => scores[(prompt, r.Text)])], [.. known.Select(r => r.Quality)]));
        }

        var all = world.Prompts.SelectMany(p => p.Responses).ToList();
        return
        [
            new("pairsExported", pairs.Count),
            new("responsesScored", scores.Count),
            new("spearmanWithTrueQuality", byPrompt.Average()),
            new("spearmanOfRewardModel", Spearman([.. all.Select(r => _model!.Score(r.Text))], [.. all.Select(r => r.Quality)])),
            new("leastReliableRater", raters.Min(Reliability)),
            new("mostReliableRater", raters.Max(Reliability)),
            new("decidedByRewardModel", cases.Count(c => c.Accepted)),
        ];
    }

    /// <summary>Imports pairs and hands in what the reward model says of them.</summary>
    private async Task ScoreAsync(IReadOnlyList<ExampleItem> pairs, CancellationToken cancellationToken)
    {
        await ImportAsync(pairs, cancellationToken);
        var lines = new List<JsonObject>();
        foreach (var pair in pairs)
        {
            var (left, right) = (_model!.Score((string)pair.Input["left"]!), _model.Score((string)pair.Input["right"]!));
            Know(PreferenceWorld.Scored(pair, left, right));
            lines.Add(new() { ["externalId"] = pair.Id, ["scores"] = new JsonArray(left, right) });
        }

        var taken = await Requester.PostLinesAsync($"/jobs/{Job}/rewards?model={world.Model}&version={ExampleWorld.Version}", lines, cancellationToken);
        if (taken.GetProperty("refused").GetArrayLength() > 0)
            throw new InvalidDataException($"Scores were refused; the first bad line is {taken.GetProperty("refused")[0]}.");
    }

    /// <summary>Spearman's rank correlation, ties with their mean rank.</summary>
    private static double Spearman(double[] left, double[] right)
    {
        var (x, y) = (Ranks(left), Ranks(right));
        var (mx, my) = (x.Average(), y.Average());
        var (xx, yy) = (x.Sum(v => (v - mx) * (v - mx)), y.Sum(v => (v - my) * (v - my)));
        return xx <= 0 || yy <= 0 ? 0 : x.Zip(y).Sum(v => (v.First - mx) * (v.Second - my)) / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(double[] values) => Array.ConvertAll(values, v => values.Count(o => o < v) + ((values.Count(o => o.Equals(v)) - 1) / 2.0));
}
