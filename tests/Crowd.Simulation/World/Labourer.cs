using Crowd.Marketplace.Jobs;

namespace Crowd.Simulation;

/// <summary>How a worker works.</summary>
internal enum Manner
{
    Careful,
    Careless,
    Spamming,
    Slow,
    Fickle,
}

/// <summary>A worker as a client: asks for work, answers, gives back, forgets; asks again when the server fails.</summary>
internal sealed class Labourer(World world, Acknowledged acknowledged, WorkerId id, Manner manner)
{
    private readonly Dictionary<AssignmentId, (JobId Job, Lease Lease, Answer? Sent)> _held = [];
    private readonly List<(PayoutId Id, bool Sent)> _payouts = [];

    public WorkerId Id => id;

    public IReadOnlyCollection<AssignmentId> Held => _held.Keys;

    public async Task RequestAsync(JobId job, int count)
    {
        var host = world.Host;
        try
        {
            var given = await world.Job(job).RequestWorkAsync(id, count, id.Value);
            foreach (var lease in given.Value ?? [])
            {
                acknowledged.Leases[lease.Assignment] = id;
                if (!acknowledged.Answers.ContainsKey(lease.Assignment)) // the job may not have heard of the answer yet
                    _held.TryAdd(lease.Assignment, (job, lease, null));
            }
        }
        catch (Exception e) when (world.Forgives || host != world.Host)
        {
            world.Ignored(e);
        }
    }

    /// <summary>Does something with one of the tasks it has.</summary>
    public async Task ActAsync(IReadOnlyDictionary<JobId, LabelSchema> schemas)
    {
        if (_held.Count == 0)
            return;
        var (assignment, (job, lease, sent)) = world.Chance.OneOf(_held.ToList());
        if (sent is null && manner == Manner.Slow && world.Chance.Of(0.5))
            return;
        if (sent is null && manner == Manner.Fickle && world.Chance.Of(0.4))
        {
            await ReturnAsync(assignment);
            return;
        }

        // What was sent before and not acknowledged is sent again as it was.
        var answer = sent ?? Kinds.AnswerTo(schemas[job], manner == Manner.Spamming ? world.Chance.Random.Next(10) : world.Chance.Of(manner == Manner.Careless ? 0.4 : 0.1) ? 1 : 0);
        _held[assignment] = (job, lease, answer);
        var twice = world.Fails && world.Chance.Of(0.1, Fault.RequestTwice);
        await Task.WhenAll([SubmitAsync(assignment, answer), .. twice ? new[] { SubmitAsync(assignment, answer) } : []]);
    }

    public async Task SubmitAsync(AssignmentId assignment, Answer answer)
    {
        var host = world.Host;
        try
        {
            var submitted = await world.Task(assignment.Task).SubmitAsync(assignment, id, answer, id.Value);
            _held.Remove(assignment);
            if (submitted.Accepted)
                acknowledged.Answers[assignment] = (id, answer);
            else
                Auditor.Want(!acknowledged.Answers.ContainsKey(assignment), $"{assignment} was acknowledged and then refused: {submitted.Rejection.Message}");
        }
        catch (Exception e) when (e is not AuditException && (world.Forgives || host != world.Host))
        {
            world.Ignored(e);
        }
    }

    public async Task PayOutAsync()
    {
        // An unanswered payout is asked for again under its id before a new one is begun.
        var open = _payouts.FindIndex(p => !p.Sent);
        if (open < 0)
        {
            _payouts.Add((world.Ids.Next<PayoutId>(), false));
            open = _payouts.Count - 1;
        }

        var (payout, _) = _payouts[open];
        var host = world.Host;
        try
        {
            var asked = await world.Worker(id).RequestPayoutAsync(payout, null, Currency.Usd, id.Value);
            if (asked.Accepted)
                acknowledged.Payouts.Add(payout);
            var at = _payouts.FindIndex(p => p.Id == payout);
            _payouts[at] = (payout, true);
        }
        catch (Exception e) when (world.Forgives || host != world.Host)
        {
            world.Ignored(e);
        }
    }

    private async Task ReturnAsync(AssignmentId assignment)
    {
        var host = world.Host;
        try
        {
            await world.Task(assignment.Task).ReturnAsync(assignment, id, "no", id.Value);
            _held.Remove(assignment);
        }
        catch (Exception e) when (world.Forgives || host != world.Host)
        {
            world.Ignored(e);
        }
    }
}
