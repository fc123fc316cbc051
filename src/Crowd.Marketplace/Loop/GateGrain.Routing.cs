using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Loop;

/// <content>Applying the rules.</content>
internal sealed partial class GateGrain
{
    /// <summary>Labelled tasks whose words are learnt at most, lowest ids first.</summary>
    private const int MostLearnt = 10_000;

    /// <summary>Time after which the vocabulary is learnt anew, if a tenth more tasks are labelled.</summary>
    private static readonly TimeSpan VocabularyAge = TimeSpan.FromMinutes(1);

    private Task<Vocabulary>? _learning;
    private Vocabulary? _vocabulary;
    private long _learntAt;
    private long _learntOf;

    public async Task<IReadOnlyList<Routing?>> RouteAsync(LoopPolicy policy, LabelSchema schema, IReadOnlyList<RoutingDraft> drafts)
    {
        var vocabulary = await VocabularyAsync(policy);
        return [.. drafts.Select(d => policy.Pick(d.Predictions) is { } picked ? Route(policy, schema, vocabulary, d, picked) : null)];
    }

    public async Task RouteTasksAsync(IReadOnlyList<TaskId> tasks)
    {
        var sight = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSightAsync();
        if (sight.Spec is not { Loop: { Rules.Count: > 0 } policy } spec)
            return;
        var vocabulary = await VocabularyAsync(policy);
        foreach (var chunk in tasks.Chunk(Together))
            await Task.WhenAll(chunk.Select(t => RouteTaskAsync(t, policy, spec.Schema, vocabulary)));
    }

    private async Task RouteTaskAsync(TaskId task, LoopPolicy policy, LabelSchema schema, Vocabulary? vocabulary)
    {
        // A task that puts a decision before people was routed with the decision; gold tasks measure people.
        if (DecisionId.Of(task) is not null
            || await log.Journal.ReadRowAsync(TasksTable.Table, [task.Value], CancellationToken.None) is not { } row
            || !row.Columns[TasksTable.Gold].IsNull || row.Columns[TasksTable.Stage].Text != "open" || row.Columns[TasksTable.Offers].Integer > 0)
        {
            return;
        }

        var predictions = await PredictionReads.OfTaskAsync(log.Journal, task);
        if (policy.Pick(predictions) is not { } picked)
            return;
        var input = await log.Journal.ReadRowAsync(InputsTable.Table, [row.Columns[TasksTable.InputHash]], CancellationToken.None);
        var draft = new RoutingDraft(task.Value, input?.Columns[InputsTable.Input].Text, PredictionReads.Metadata(row), predictions);
        await GrainFactory.GetGrain<ITaskGrain>(task.Value).RouteAsync(Job, Route(policy, schema, vocabulary, draft, picked), picked);
    }

    private Routing Route(LoopPolicy policy, LabelSchema schema, Vocabulary? vocabulary, RoutingDraft draft, Prediction picked)
    {
        using var input = draft.Input is null ? null : JsonDocument.Parse(draft.Input);
        return Router.Route(policy, new()
        {
            Key = draft.Key,
            Schema = schema,
            Input = input?.RootElement,
            Metadata = draft.Metadata,
            Prediction = picked,
            Others = LoopPolicy.Others(draft.Predictions, picked),
            Novelty = vocabulary is not null && input is not null ? vocabulary.Novelty(input.RootElement) : null,
            Approved = _approved.Contains((picked.Model, picked.Version)),
        });
    }

    /// <summary>The words of labelled tasks; null when the rules do not ask for them.</summary>
    private async Task<Vocabulary?> VocabularyAsync(LoopPolicy policy)
    {
        if (!policy.ReadsNovelty)
            return null;
        if (_learning is null && (_vocabulary is null || time.GetElapsedTime(_learntAt) >= VocabularyAge))
        {
            var job = await log.Journal.ReadRowAsync(JobsTable.Table, [Job.Value], CancellationToken.None);
            var decided = job?.Columns[JobsTable.Decided].Integer ?? 0;
            _learntAt = time.GetTimestamp();
            if (_vocabulary is null || decided * 10 >= _learntOf * 11)
            {
                _learntOf = decided;
                _learning ??= LearnAsync();
            }
        }

        if (_learning is not { } learning)
            return _vocabulary;
        try
        {
            return _vocabulary = await learning;
        }
        finally
        {
            _learning = null;
        }
    }

    private async Task<Vocabulary> LearnAsync()
    {
        var vocabulary = new Vocabulary();
        await foreach (var row in RowsAsync(TasksTable.Table, [("job_id", Job.Value), ("stage", "decided")]))
        {
            if (row.Columns[TasksTable.DecidedBy].Text == "machine"
                || await log.Journal.ReadRowAsync(InputsTable.Table, [row.Columns[TasksTable.InputHash]], CancellationToken.None) is not { } input)
            {
                continue;
            }

            using var json = JsonDocument.Parse(input.Columns[InputsTable.Input].Text);
            vocabulary.Learn(json.RootElement);
            if (vocabulary.Inputs >= MostLearnt)
                break;
        }

        return vocabulary;
    }
}
