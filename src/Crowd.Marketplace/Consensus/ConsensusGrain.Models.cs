using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Consensus;

/// <content>Models as annotators: what their versions are worth is learnt from tasks that people labelled, too.</content>
internal sealed partial class ConsensusGrain
{
    /// <summary>Predictions of a version that are read to learn it when it first votes, lowest task ids first.</summary>
    private const int MostLearnt = 20_000;

    private readonly Dictionary<(string Model, string Version), (ModelTrust Trust, long ReadAt)> _models = [];

    public async Task<Evaluation> EvaluateWithModelAsync(LabelSchema schema, IReadOnlyList<CastVote> votes, Redundancy redundancy, Prediction said)
    {
        var ballots = await BallotsAsync(votes);
        var (trust, _) = await ModelAsync(schema, said.Model, said.Version);
        return trust.Evaluate(schema, ballots, redundancy, said);
    }

    public Task ObserveModelAsync(LabelSchema schema, ModelVote vote, long position)
    {
        if (_models.TryGetValue((vote.Model, vote.Version), out var known) && position > known.ReadAt)
            known.Trust.Learn(vote.Confidence, Encode.Category(schema, vote.WithoutLabel), Encode.Category(schema, vote.Label));
        return Task.CompletedTask;
    }

    private async Task<(ModelTrust Trust, long ReadAt)> ModelAsync(LabelSchema schema, string model, string version)
    {
        if (_models.TryGetValue((model, version), out var known))
            return known;
        var readAt = await log.Journal.LastPositionAsync(CancellationToken.None);
        var trust = new ModelTrust(Encode.Categories(schema)!.Value);
        var seen = 0;
        await foreach (var row in log.Journal.ReadAllAsync(
            PredictionsTable.Table, [("job_id", Job.Value), ("model", model), ("model_version", version)], CancellationToken.None))
        {
            if (await log.Journal.ReadRowAsync(TasksTable.Table, [row.Key[0]], CancellationToken.None) is { } task && ModelComparison.HumanLabel(task) is { } label)
            {
                var said = LoopRows.Read(row);
                trust.Learn(said.Confidence, Encode.Category(schema, label), Encode.Category(schema, said.Label));
            }

            if (++seen >= MostLearnt)
                break;
        }

        return _models[(model, version)] = (trust, readAt);
    }
}
