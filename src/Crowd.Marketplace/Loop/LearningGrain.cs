using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Consensus.Learning;
using Crowd.Consensus.Oversight;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="ILearningGrain"/>
internal sealed class LearningGrain(EventLog log) : EventSourcedGrain<LearningState, LearningEvent>(log), ILearningGrain
{
    /// <summary>The model's name in predictions.</summary>
    public const string Model = "builtin";

    private const int Page = 5_000;
    private const string Actor = "system";

    private TextClassifier? _classifier;
    private Dictionary<string, SparseVector> _features = new(StringComparer.Ordinal);

    /// <summary>What the newest version said of tasks that nobody had labelled then.</summary>
    private Dictionary<TaskId, int> _said = [];

    protected override LearningState Initial => new();

    protected override JsonTypeInfo<LearningState> StateJson => DomainJson.Default.LearningState;

    private JobId Job => LearningEvent.JobOf(Stream);

    public async Task<LearntOrder> LearnAsync(JobSpec spec, DateTimeOffset since)
    {
        var labelled = await LabelledAsync(spec.Schema);
        var policy = spec.Policies.Learning;
        await WantAsync(policy, spec, labelled, since);
        if (policy.Order == QueryOrdering.None || Encode.Categories(spec.Schema) is not (>= 2 and <= LearningLimits.Categories and var categories))
            return new(State.Version, labelled.Count, []);

        var features = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        var examples = new List<Example>();
        foreach (var task in labelled.TakeLast(LearningLimits.Examples))
            examples.Add(new(await FeaturesAsync(task.InputHash, features), task.Label, task.Weight));
        var isNew = LearningDecider.ShouldTrain(State, labelled.Count);
        if (isNew || (_classifier is null && State.Version > 0))
            _classifier = TextClassifier.Train([.. examples], categories, State.Version + (isNew ? 1 : 0));
        if (isNew)
        {
            var compared = labelled.Where(t => _said.ContainsKey(t.Id)).ToList();
            await CommitAsync([LearningDecider.Train(State, Job, labelled.Count, compared.Count, compared.Count(t => _said[t.Id] == t.Label))], Actor, Log.Now);
        }

        return _classifier is null ? await StartAsync(labelled.Count, features) : await OrderAsync(spec, policy, examples, features, labelled.Count, isNew);
    }

    protected override LearningState Apply(LearningState state, LearningEvent e, DateTimeOffset at) => state.Apply(e, at);

    private async Task<LearntOrder> OrderAsync(
        JobSpec spec, LearningPolicy policy, List<Example> examples, Dictionary<string, SparseVector> features, int labels, bool isNew)
    {
        var (open, items) = await OpenAsync(features);
        var probabilities = items.ConvertAll(_classifier!.Predict);
        int[] expected = [.. probabilities.Select(p => Array.IndexOf(p, p.Max()))];
        var scores = QueryScores.Of(_classifier, examples, items, StrategyOf(policy.Order), State.Version);
        var options = new QueryOptions { RandomShare = policy.RandomShare, Diversity = policy.Diversity, Seed = unchecked((State.Version * 7919) + labels) };
        var order = QueryOrder.Take(scores, items, expected, LearningLimits.Asked, options, [.. examples.TakeLast(LearningLimits.Unlike).Select(e => e.Features)]);
        if (isNew)
            await PredictAsync(spec, order, open, probabilities);
        return new(State.Version, labels, [.. order.Select(i => open[i])]);
    }

    /// <summary>While there are too few labels to learn from, the tasks that stand for most others come first.</summary>
    private async Task<LearntOrder> StartAsync(int labels, Dictionary<string, SparseVector> features)
    {
        var (open, items) = await OpenAsync(features);
        return new(0, labels, [.. Representatives.Take(items, LearningLimits.Start).Select(i => open[i])]);
    }

    /// <summary>Tasks that nobody has begun with, and their features.</summary>
    private async Task<(List<TaskId> Open, List<SparseVector> Items)> OpenAsync(Dictionary<string, SparseVector> features)
    {
        var (open, items) = (new List<TaskId>(), new List<SparseVector>());
        await foreach (var row in RowsAsync(("job_id", Job.Value), ("stage", "open")))
        {
            if (row.Columns[TasksTable.Offers].Integer > 0 || !row.Columns[TasksTable.Gold].IsNull)
                continue;
            open.Add(TaskId.From(row.Key[0].Text));
            items.Add(await FeaturesAsync(row.Columns[TasksTable.InputHash].Text, features));
            if (open.Count == LearningLimits.Candidates)
                break;
        }

        _features = features; // what this round did not use is forgotten
        return (open, items);
    }

    /// <summary>Keeps what the version says of the tasks that are asked about next: people will say whether it was right.</summary>
    private async Task PredictAsync(JobSpec spec, int[] order, List<TaskId> open, List<double[]> probabilities)
    {
        _said = order.ToDictionary(i => open[i], i => Array.IndexOf(probabilities[i], probabilities[i].Max()));
        var drafts = order.Select(i => new PredictionDraft(open[i], null, new()
        {
            Model = Model,
            Version = State.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Label = Encode.Answer(spec.Schema, _said[open[i]]),
            Confidence = Math.Round(probabilities[i].Max(), 6),
            Scores = new(probabilities[i].Select((p, k) => new ClassScore(Prediction.ClassName(Encode.Answer(spec.Schema, k))!, Math.Round(p, 6)))),
        })).ToList();
        if (drafts.Count > 0)
            await GrainFactory.GetGrain<IPredictionsGrain>(Job.Value).AddAsync(drafts, Actor);
    }

    private async Task WantAsync(LearningPolicy policy, JobSpec spec, List<Labelled> labelled, DateTimeOffset since)
    {
        var drift = policy.TrainOnDrift ? await DriftAsync(spec, labelled) : null;
        if (LearningDecider.Want(State, Job, policy, labelled.Count, since, Log.Now, drift) is { } wanted)
            await CommitAsync([wanted], Actor, Log.Now);
    }

    /// <summary>The probability that the model agrees so much less on the newest labels than on those before by chance; null when it does not agree less.</summary>
    private async Task<double?> DriftAsync(JobSpec spec, List<Labelled> labelled)
    {
        var agreed = new List<bool>();
        foreach (var task in labelled.TakeLast(LearningLimits.DriftTasks))
        {
            var said = await Log.Journal.ReadRowsAsync(new(PredictionsTable.Table) { Where = [("task_id", task.Id.Value)], Limit = Page }, CancellationToken.None);
            var newest = said.Where(r => spec.Loop?.Model is null || r.Key[1].Text == spec.Loop.Model).MaxBy(r => r.Columns[PredictionsTable.At].Integer);
            if (newest is not null)
                agreed.Add(Category(spec.Schema, newest.Columns[PredictionsTable.Label].Text) == task.Label);
        }

        var half = agreed.Count / 2;
        var (earlier, later) = (agreed.Take(half).Count(a => a), agreed.TakeLast(half).Count(a => a));
        return half >= LearningPolicy.LeastLabels && later < earlier ? Share.Test(later, half, earlier, half) : null;
    }

    /// <summary>Tasks that people decided, in the order in which they did.</summary>
    private async Task<List<Labelled>> LabelledAsync(LabelSchema schema)
    {
        var found = new List<Labelled>();
        if (Encode.Categories(schema) is null)
            return found;
        await foreach (var row in RowsAsync(("job_id", Job.Value), ("stage", "decided")))
        {
            if (row.Columns[TasksTable.DecidedBy].Text == "machine" || row.Columns[TasksTable.Label].IsNull)
                continue;
            found.Add(new(
                TaskId.From(row.Key[0].Text),
                row.Columns[TasksTable.InputHash].Text,
                Category(schema, row.Columns[TasksTable.Label].Text),
                row.Columns[TasksTable.Confidence] is { IsNull: false } sure ? (float)Math.Clamp(sure.Real, 0.01, 1) : 1,
                row.Columns[TasksTable.DecidedAt].Integer));
        }

        found.Sort((a, b) => (a.At, a.Id.Value).CompareTo((b.At, b.Id.Value)));
        return found;
    }

    private async Task<SparseVector> FeaturesAsync(string hash, Dictionary<string, SparseVector> used)
    {
        if (!used.TryGetValue(hash, out var features))
        {
            if (!_features.TryGetValue(hash, out features))
            {
                var row = await Log.Journal.ReadRowAsync(InputsTable.Table, [hash], CancellationToken.None);
                features = row is null ? SparseVector.Empty : TextFeatures.Of(InputText.Of(row.Columns[InputsTable.Input].Text));
            }

            used.Add(hash, features);
        }

        return features;
    }

    private async IAsyncEnumerable<Row> RowsAsync(params (string Column, Value Value)[] where)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await Log.Journal.ReadRowsAsync(new(TasksTable.Table) { Where = where, After = after, Limit = Page }, CancellationToken.None);
            foreach (var row in rows)
                yield return row;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }

    private static QueryStrategy StrategyOf(QueryOrdering order) => order switch
    {
        QueryOrdering.Uncertainty => QueryStrategy.LeastConfidence,
        QueryOrdering.Margin => QueryStrategy.Margin,
        QueryOrdering.Disagreement => QueryStrategy.Disagreement,
        QueryOrdering.ExpectedGain => QueryStrategy.ExpectedGain,
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There is no order."),
    };

    private static int Category(LabelSchema schema, string json) => Encode.Category(schema, JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!);

    private sealed record Labelled(TaskId Id, string InputHash, int Label, float Weight, long At);
}
