using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Consensus;

/// <inheritdoc cref="IConsensusGrain"/>
/// <remarks>It owns no events: what it knows is counted in the table of reliability, which tasks write when they are decided.</remarks>
internal sealed partial class ConsensusGrain(EventLog log) : Grain, IConsensusGrain
{
    private const int PageSize = 10_000;

    private readonly Dictionary<WorkerId, Trust> _trust = [];

    /// <summary>What stands in the log up to here was in the table when it was read.</summary>
    private long _readAt;

    private JobId Job => JobId.From(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _readAt = await log.Journal.LastPositionAsync(cancellationToken);
        IReadOnlyList<Value>? after = null;
        while (true)
        {
            var rows = await log.Journal.ReadRowsAsync(
                new(ReliabilityTable.Table) { Where = [("job_id", Job.Value)], After = after, Limit = PageSize }, cancellationToken);
            foreach (var row in rows)
            {
                var worker = WorkerId.From(row.Key[1].Text);
                var own = row.Columns[ReliabilityTable.Override];
                _trust[worker] = new(
                    row.Columns[ReliabilityTable.Agreed].Integer + row.Columns[ReliabilityTable.GoldRight].Integer,
                    row.Columns[ReliabilityTable.Judged].Integer + row.Columns[ReliabilityTable.GoldJudged].Integer,
                    own.IsNull ? await OverallAsync(worker, cancellationToken) : own.Real);
            }

            if (rows.Count < PageSize)
                return;
            after = rows[^1].Key;
        }
    }

    public async Task<Evaluation> EvaluateAsync(LabelSchema schema, IReadOnlyList<CastVote> votes) => ConsensusRule.Evaluate(schema, await BallotsAsync(votes));

    private async Task<Ballot[]> BallotsAsync(IReadOnlyList<CastVote> votes)
    {
        var ballots = new Ballot[votes.Count];
        for (var i = 0; i < ballots.Length; i++)
        {
            var vote = votes[i];
            ballots[i] = new(vote.Assignment, vote.Worker, vote.Answer, await TrustAsync(vote.Worker));
        }

        return ballots;
    }

    public async Task ObserveAsync(IReadOnlyList<Vote> votes, IReadOnlyList<Vote>? replaced, long position)
    {
        if (position <= _readAt)
            return;
        foreach (var vote in votes)
            await CountAsync(vote.Worker, vote.Agrees ? 1 : 0, 1);
        foreach (var vote in replaced ?? [])
            await CountAsync(vote.Worker, vote.Agrees ? -1 : 0, -1);
    }

    public Task ObserveGoldAsync(WorkerId worker, bool right, long position) => position <= _readAt ? Task.CompletedTask : CountAsync(worker, right ? 1 : 0, 1);

    public async Task OverrideAsync(WorkerId worker)
    {
        var row = await log.Journal.ReadRowAsync(ReliabilityTable.Table, [Job.Value, worker.Value], CancellationToken.None);
        var own = row?.Columns[ReliabilityTable.Override] ?? default;
        _trust[worker] = _trust.GetValueOrDefault(worker) with { Override = own.IsNull ? await OverallAsync(worker, CancellationToken.None) : own.Real };
    }

    private async Task<double?> OverallAsync(WorkerId worker, CancellationToken cancellationToken)
    {
        var row = await log.Journal.ReadRowAsync(WorkersTable.Table, [worker.Value], cancellationToken);
        return row is not null && row.Columns[WorkersTable.ReliabilityOverride] is { IsNull: false } value ? value.Real : null;
    }

    private async ValueTask<Trust> TrustAsync(WorkerId worker)
    {
        if (!_trust.TryGetValue(worker, out var trust))
            _trust[worker] = trust = new(0, 0, await OverallAsync(worker, CancellationToken.None));
        return trust;
    }

    private async Task CountAsync(WorkerId worker, int right, int judged)
    {
        var trust = await TrustAsync(worker);
        _trust[worker] = trust with { Right = trust.Right + right, Judged = trust.Judged + judged };
    }
}
