namespace Crowd.Simulation;

/// <summary>A task as the auditor sees it: what each assignment went through, in order, and nothing that must not be.</summary>
internal sealed class AuditedTask(JobId job, bool gold)
{
    private readonly Dictionary<AssignmentId, One> _all = [];

    public JobId Job => job;

    public bool IsGold => gold;

    public string Stage { get; private set; } = "open";

    public IReadOnlyDictionary<AssignmentId, One> All => _all;

    public int Leases => _all.Values.Count(a => a.Status == "leased");

    public int Answers => _all.Values.Count(a => a is { Answer: not null, IsRepeat: false });

    public int Repeats => _all.Values.Count(a => a is { Answer: not null, IsRepeat: true });

    public int Unsettled => _all.Values.Count(a => a.Status == "submitted");

    /// <summary>One worker's assignment.</summary>
    public sealed class One
    {
        public required WorkerId Worker { get; init; }

        public required DateTimeOffset Until { get; init; }

        public required long Pay { get; init; }

        public required long Fee { get; init; }

        public string Status { get; set; } = "leased";

        public Answer? Answer { get; set; }

        public bool Upheld { get; set; }

        public bool IsRepeat { get; init; }
    }

    public void Take(TaskEvent e, DateTimeOffset at, AuditedJob of)
    {
        Auditor.Want(e.Job == job, "it names another job");
        switch (e)
        {
            case TaskEvent.Offered o:
                Offer(o, of);
                break;
            case TaskEvent.Submitted s:
                var answered = Leased(s.Assignment, s.Worker);
                Auditor.Want(at < answered.Until, "the lease was over");
                (answered.Status, answered.Answer) = ("submitted", s.Answer);
                of.Leases[s.Worker]--;
                of.Answers[s.Worker] = of.Answers.GetValueOrDefault(s.Worker) + 1;
                break;
            case TaskEvent.Returned r:
                Release(Leased(r.Assignment, r.Worker), "returned", of);
                break;
            case TaskEvent.Expired x:
                Auditor.Want(at >= Leased(x.Assignment, x.Worker).Until, "the lease was not over");
                Release(Leased(x.Assignment, x.Worker), "expired", of);
                break;
            case TaskEvent.Escalated:
                Auditor.Want(Stage == "open", $"it is {Stage}");
                Stage = "escalated";
                break;
            case TaskEvent.Decided d:
                Auditor.Want(Stage != "closed" && !gold, $"it is {Stage}");
                Auditor.Want(Stage == "decided" == d.Replaces is not null, "a decision replaces one that was not, or not one that was");
                Auditor.Want(!d.Votes.Any(v => _all[v.Assignment].IsRepeat), "a hidden repeat has a vote");
                Stage = "decided";
                break;
            case TaskEvent.Closed:
                Auditor.Want(Stage is "open" or "escalated", $"it is {Stage}");
                Stage = "closed";
                break;
            case TaskEvent.AppealResolved { Upheld: true } a:
                Auditor.Want(_all[a.Assignment].Status == "rejected" && !_all[a.Assignment].Upheld, "nothing was rejected that could be upheld");
                _all[a.Assignment].Upheld = true;
                break;
            case TaskEvent.Settled s:
                foreach (var one in s.Settlements)
                    Settle(one, of);
                break;
        }
    }

    private void Offer(TaskEvent.Offered o, AuditedJob of)
    {
        if (o.Repeats is { } first)
        {
            Auditor.Want(Stage != "closed" && !gold, $"it is {Stage} and shown again");
            Auditor.Want(_all[first] is { Answer: not null, IsRepeat: false } before && before.Worker == o.Worker, "what is repeated was not answered by the worker");
            Auditor.Want(!_all.Values.Any(a => a.Worker == o.Worker && a.IsRepeat), "the worker had the task again before");
        }
        else
        {
            Auditor.Want(Stage == "open", $"it is {Stage}");
            Auditor.Want(!_all.Values.Any(a => a.Worker == o.Worker && a.Status != "expired"), "the worker has or had the task");
        }

        _all.Add(o.Assignment, new() { Worker = o.Worker, Until = o.LeaseUntil, Pay = o.PayMicros, Fee = o.FeeMicros, IsRepeat = o.Repeats is not null });
        var (leases, answers) = (_all.Values.Count(a => a is { Status: "leased", IsRepeat: false }), Answers);
        Auditor.Want(gold || leases + answers <= of.MaxAnswers, $"{leases} leases and {answers} answers, {of.MaxAnswers} wanted at most");
        of.ReservedMicros += o.PayMicros + o.FeeMicros;
        of.Live++;
        of.Leases[o.Worker] = of.Leases.GetValueOrDefault(o.Worker) + 1;
        Auditor.Want(of.Leases[o.Worker] <= of.MaxLeases, $"{o.Worker} has {of.Leases[o.Worker]} leases, allowed are {of.MaxLeases}");
        if (of.AnswersPerWorker is { } cap)
            Auditor.Want(of.Leases[o.Worker] + of.Answers.GetValueOrDefault(o.Worker) <= cap, $"{o.Worker} gets past the cap of {cap} answers");
    }

    private void Settle(Settlement one, AuditedJob of)
    {
        var assignment = _all[one.Assignment];
        Auditor.Want(assignment.Answer is not null && assignment.Worker == one.Worker, "what is settled was not answered");
        Auditor.Want(assignment.Status == "submitted" || (assignment is { Status: "rejected" } && one.Accepted && (assignment.Upheld || (one.Reason == SettlementReason.ProvedRight && Stage == "decided"))), $"what is settled is {assignment.Status}");
        Auditor.Want(one.PayMicros == (one.Accepted ? assignment.Pay : 0) && one.FeeMicros == (one.Accepted ? assignment.Fee : 0), "it is not paid what was promised");
        if (assignment.Status == "submitted")
        {
            of.ReservedMicros -= assignment.Pay + assignment.Fee;
            of.Live--;
        }

        assignment.Status = one.Accepted ? "accepted" : "rejected";
    }

    private void Release(One assignment, string status, AuditedJob of)
    {
        assignment.Status = status;
        of.ReservedMicros -= assignment.Pay + assignment.Fee;
        of.Live--;
        of.Leases[assignment.Worker]--;
    }

    private One Leased(AssignmentId id, WorkerId worker)
    {
        Auditor.Want(_all.TryGetValue(id, out var found) && found.Worker == worker && found.Status == "leased", "there is no such lease");
        return _all[id];
    }
}
