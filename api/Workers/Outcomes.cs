using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Workers;

/// <summary>One answer's part in what became of the caller's: nobody's name, and not what was answered.</summary>
/// <param name="Weight">How far its worker is trusted: the probability of a right answer.</param>
/// <param name="Agrees">Whether it agrees with the label.</param>
/// <param name="Mine">Whether it is the caller's own.</param>
[GraphQLName("PeerVote")]
public sealed record PeerVote(double Weight, bool Agrees, bool Mine);

/// <summary>An assignment with its own worker.</summary>
public readonly record struct OwnAssignment(WorkerId Worker, AssignmentId Assignment);

/// <summary>
/// The answers that were settled together with a worker's own. They are found in the same way for tasks that the crowd decided and for those whose
/// answer was known, and weighed by what is known of the workers now, so that nothing tells the two apart.
/// </summary>
public sealed class PeerVoteLoader(Reads reads) : BatchLoader<OwnAssignment, IReadOnlyList<PeerVote>>
{
    protected override async Task<IReadOnlyDictionary<OwnAssignment, IReadOnlyList<PeerVote>>> LoadBatchAsync(IReadOnlyList<OwnAssignment> keys, CancellationToken cancellationToken)
    {
        // Ids of workers and of tasks are never the same, so that one list serves both.
        string[] ids = [.. keys.Select(k => k.Worker.Value).Concat(keys.Select(k => k.Assignment.Task.Value)).Distinct(StringComparer.Ordinal)];
        var rows = await reads.ListByIdsAsync<Row>(
            """
            select a.task_id, a.ordinal, a.worker_id, p.ordinal as peer, p.reason, coalesce(l.agreed, 0) as agreed, coalesce(l.judged, 0) as judged,
              coalesce(l.gold_right, 0) as gold_right, coalesce(l.gold_judged, 0) as gold_judged, l.override, w.reliability_override as overall
            from assignments a
            join assignments p on p.job_id = a.job_id and p.task_id = a.task_id and p.settled_at = a.settled_at and p.reason in ('agrees', 'disagrees')
              and (p.repeats is null or p.ordinal = a.ordinal)
            left join reliability l on l.job_id = p.job_id and l.worker_id = p.worker_id
            left join workers w on w.worker_id = p.worker_id
            where a.worker_id in {ids} and a.task_id in {ids} and a.reason in ('agrees', 'disagrees')
            """, ids, cancellationToken);
        return rows.GroupBy(r => new OwnAssignment(WorkerId.From(r.WorkerId), AssignmentId.Of(TaskId.From(r.TaskId), r.Ordinal)))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<PeerVote>)[.. g.Select(r => r.ToVote()).OrderByDescending(v => v.Mine).ThenByDescending(v => v.Weight)]);
    }

    private sealed class Row
    {
        public string TaskId { get; set; } = "";

        public int Ordinal { get; set; }

        public string WorkerId { get; set; } = "";

        public int Peer { get; set; }

        public string Reason { get; set; } = "";

        public int Agreed { get; set; }

        public int Judged { get; set; }

        public int GoldRight { get; set; }

        public int GoldJudged { get; set; }

        public double? Override { get; set; }

        public double? Overall { get; set; }

        public PeerVote ToVote() => new(Math.Round(new Trust(Agreed + GoldRight, Judged + GoldJudged, Override ?? Overall).Skill, 2), Reason == "agrees", Peer == Ordinal);
    }
}
