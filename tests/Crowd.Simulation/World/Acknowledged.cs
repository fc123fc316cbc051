using static Crowd.Simulation.Auditor;

namespace Crowd.Simulation;

/// <summary>What clients were told had been done. All of it must be in the log, whatever failed afterwards.</summary>
internal sealed class Acknowledged
{
    public Dictionary<AssignmentId, (WorkerId Worker, Answer Answer)> Answers { get; } = [];

    public Dictionary<AssignmentId, WorkerId> Leases { get; } = [];

    public HashSet<HoldId> Holds { get; } = [];

    public HashSet<TopUpId> TopUps { get; } = [];

    public HashSet<PayoutId> Payouts { get; } = [];

    public HashSet<(JobId Job, string ExternalId)> Tasks { get; } = [];

    /// <summary>Takes what has been acknowledged by now, and only then reads the log: clients go on meanwhile.</summary>
    public async Task CheckAsync(Auditor auditor, IJournal journal)
    {
        var (answers, leases, tasks) = (Answers.ToList(), Leases.ToList(), Tasks.ToList());
        var (holds, topUps, payouts) = (Holds.ToList(), TopUps.ToList(), Payouts.ToList());
        await auditor.ReadAsync(journal);
        var stored = await journal.ReadLogAsync(0, int.MaxValue, CancellationToken.None);

        foreach (var (id, given) in answers)
            Want(auditor.Tasks[id.Task].All.TryGetValue(id, out var found) && found.Worker == given.Worker && found.Answer == given.Answer, $"the answer on {id} was acknowledged and is not in the log");
        foreach (var (id, worker) in leases)
            Want(auditor.Tasks[id.Task].All.TryGetValue(id, out var found) && found.Worker == worker, $"the lease {id} was given and is not in the log");

        var events = stored.Select(s => EventTypes.Read(s.Type, s.Data.Span)).ToList();
        AllIn(holds, events.OfType<RequesterEvent.FundsHeld>().Select(h => h.Hold), "hold");
        AllIn(topUps, events.OfType<RequesterEvent.ToppedUp>().Select(t => t.TopUp), "top-up");
        AllIn(payouts, events.OfType<WorkerEvent.PayoutRequested>().Select(p => p.Payout), "payout");
        AllIn(tasks, events.OfType<TasksAdded>().SelectMany(a => a.Tasks, (a, t) => (a.Job, t.ExternalId)), "task");
    }

    private static void AllIn<T>(List<T> acknowledged, IEnumerable<T> logged, string what)
    {
        var found = logged.ToHashSet();
        foreach (var one in acknowledged)
            Want(found.Contains(one), $"the {what} {one} was acknowledged and is not in the log");
    }
}
