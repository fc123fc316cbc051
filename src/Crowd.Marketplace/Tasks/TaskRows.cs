using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tasks;

/// <summary>What the events of a task change in the tables of tasks, assignments, appeals, reliability and jobs.</summary>
internal static class TaskRows
{
    public static void Project(List<RowChange> rows, string stream, long version, DateTimeOffset at, TaskEvent e)
    {
        var job = e.Job.Value;
        rows.Add(Task(stream, TasksTable.Version.Set(version)));
        ProgressRows.Project(rows, at, e);
        switch (e)
        {
            case TaskEvent.Offered o:
                rows.Add(Task(stream, TasksTable.Offers.Add(1), TasksTable.Leases.Add(1)));
                rows.Add(RowChange.Put(JobsTable.Table, [job], JobsTable.Reserved.Add(o.PayMicros + o.FeeMicros)));
                rows.Add(Assignment(job, o.Assignment,
                    AssignmentsTable.WorkerId.Set(o.Worker.Value),
                    AssignmentsTable.Status.Set("leased"),
                    AssignmentsTable.OfferedAt.Set(at),
                    AssignmentsTable.LeaseUntil.Set(o.LeaseUntil),
                    AssignmentsTable.Pay.Set(o.PayMicros),
                    AssignmentsTable.Fee.Set(o.FeeMicros)));
                if (o.Arm is not null || o.Show != ShowPrediction.Never)
                {
                    rows.Add(Assignment(job, o.Assignment,
                        AssignmentsTable.Arm.Set(o.Arm), AssignmentsTable.Shows.Set(Camel(o.Show.ToString())), AssignmentsTable.Seen.Set(Json(o.Shown))));
                }

                if (o.Repeats is { } first)
                    rows.Add(Assignment(job, o.Assignment, AssignmentsTable.Repeats.Set(first.Ordinal)));
                if (o.Gold is not null)
                    rows.Add(Gold(job, stream, GoldTable.Offers.Add(1)));
                break;
            case TaskEvent.Submitted s:
                rows.Add(Task(stream, TasksTable.Leases.Add(-1), TasksTable.Answers.Add(s.Consistent is null ? 1 : 0), TasksTable.Unsettled.Add(1)));
                rows.Add(Assignment(job, s.Assignment,
                    AssignmentsTable.Status.Set("submitted"),
                    AssignmentsTable.SubmittedAt.Set(at),
                    AssignmentsTable.Answer.Set(Json(s.Answer)),
                    AssignmentsTable.DurationMs.Set(s.DurationMilliseconds),
                    AssignmentsTable.ReviewDue.Set(s.ReviewDue),
                    AssignmentsTable.GoldRight.Set(s.GoldRight is { } right ? right : default(Value))));
                if (s.Consistent is { } alike)
                    rows.Add(Assignment(job, s.Assignment, AssignmentsTable.Consistent.Set(alike)));
                if (s.Saw is not null)
                    rows.Add(Assignment(job, s.Assignment, AssignmentsTable.Saw.Set(Json(s.Saw))));
                rows.Add(RowChange.Put(ReliabilityTable.Table, [job, s.Worker.Value],
                    ReliabilityTable.Answers.Add(1),
                    ReliabilityTable.TimeMs.Add(s.DurationMilliseconds),
                    ReliabilityTable.GoldJudged.Add(s.GoldRight is null ? 0 : 1),
                    ReliabilityTable.GoldRight.Add(s.GoldRight is true ? 1 : 0)));
                rows.Add(RowChange.Put(JobsTable.Table, [job], JobsTable.Answers.Add(1)));
                if (s.GoldRight is { } known)
                    rows.Add(Gold(job, stream, GoldTable.Answers.Add(1), GoldTable.Hits.Add(known ? 1 : 0)));
                break;
            case TaskEvent.Returned r:
                rows.Add(Task(stream, TasksTable.Leases.Add(-1)));
                rows.Add(Assignment(job, r.Assignment, AssignmentsTable.Status.Set("returned"), AssignmentsTable.Reason.Set(r.Reason)));
                rows.Add(RowChange.Put(JobsTable.Table, [job], JobsTable.Reserved.Add(-r.ReleasedMicros)));
                break;
            case TaskEvent.Reported r:
                rows.Add(RowChange.Put(ReportsTable.Table, Key(job, r.Assignment),
                    ReportsTable.WorkerId.Set(r.Worker.Value), ReportsTable.Problem.Set(r.Problem.ToString()), ReportsTable.Message.Set(r.Message), ReportsTable.ReportedAt.Set(at)));
                break;
            case TaskEvent.Expired x:
                rows.Add(Task(stream, TasksTable.Leases.Add(-1)));
                rows.Add(Assignment(job, x.Assignment, AssignmentsTable.Status.Set("expired")));
                rows.Add(RowChange.Put(JobsTable.Table, [job], JobsTable.Reserved.Add(-x.ReleasedMicros)));
                break;
            case TaskEvent.Routed r:
                rows.Add(Task(stream, Jobs.JobRows.RoutingColumns(r.Routing)));
                if (r.Reopens)
                {
                    rows.Add(Task(stream, TasksTable.Stage.Set("open"), TasksTable.Label.Set(default), TasksTable.Confidence.Set(default), TasksTable.Votes.Set(default)));
                    rows.Add(RowChange.Delete(DisagreementsTable.Table, stream));
                }

                break;
            case TaskEvent.PredictionShown p:
                rows.Add(Assignment(job, p.Assignment, AssignmentsTable.Seen.Set(Json(p.Seen))));
                break;
            case TaskEvent.MoreWanted m:
                rows.Add(Task(stream, TasksTable.Wanted.Set(m.Wanted), TasksTable.Confidence.Set(m.Confidence)));
                break;
            case TaskEvent.Decided d:
                Decide(rows, stream, at, d);
                break;
            case TaskEvent.Escalated x:
                rows.Add(Task(stream, TasksTable.Stage.Set("escalated"), TasksTable.Label.Set(Json(x.Label)), TasksTable.Confidence.Set(x.Confidence), TasksTable.Votes.Set(Json(x.Votes))));
                rows.Add(Review(stream, job, "escalated", x.Confidence, at));
                break;
            case TaskEvent.Settled s:
                Settle(rows, stream, at, s);
                break;
            case TaskEvent.Appealed p:
                rows.Add(Assignment(job, p.Assignment, AssignmentsTable.Appeal.Set("open")));
                rows.Add(RowChange.Put(AppealsTable.Table, Key(job, p.Assignment),
                    AppealsTable.WorkerId.Set(p.Worker.Value), AppealsTable.Status.Set("open"), AppealsTable.Message.Set(p.Message), AppealsTable.OpenedAt.Set(at)));
                break;
            case TaskEvent.AppealResolved r:
                rows.Add(Assignment(job, r.Assignment, AssignmentsTable.Appeal.Set(r.Upheld ? "upheld" : "dismissed")));
                rows.Add(RowChange.Put(AppealsTable.Table, Key(job, r.Assignment),
                    AppealsTable.Status.Set(r.Upheld ? "upheld" : "dismissed"), AppealsTable.Reason.Set(r.Reason), AppealsTable.ResolvedAt.Set(at)));
                break;
            case TaskEvent.Revised r:
                rows.Add(Task(stream, TasksTable.FinalLabel.Set(Json(r.Label)), TasksTable.FinalConfidence.Set(r.Confidence), TasksTable.FinalMethod.Set(r.Method)));
                break;
            case TaskEvent.Closed:
                rows.Add(Task(stream, TasksTable.Stage.Set("closed")));
                rows.Add(RowChange.Delete(DisagreementsTable.Table, stream));
                break;
            case TaskEvent.MadeGold g:
                rows.Add(Gold(job, stream,
                    GoldTable.Known.Set(Json(g.Gold)), GoldTable.Since.Set(at), GoldTable.Made.Set(1), GoldTable.Reason.Set(g.Reason),
                    GoldTable.RetiredAt.Set(default), GoldTable.RetireReason.Set(default)));
                rows.Add(RowChange.Delete(DisagreementsTable.Table, stream));
                break;
            case TaskEvent.GoldRetired r:
                rows.Add(Gold(job, stream, GoldTable.RetiredAt.Set(at), GoldTable.RetireReason.Set(r.Reason)));
                break;
            case TaskEvent.Invalidated i:
                rows.Add(Task(stream, TasksTable.Stage.Set("open"), TasksTable.Wanted.Set(i.Wanted), TasksTable.Answers.Add(-1)));
                rows.Add(Assignment(job, i.Assignment, AssignmentsTable.Invalid.Set(1)));
                rows.Add(RowChange.Delete(DisagreementsTable.Table, stream));
                break;
            default:
                throw new InvalidOperationException($"No rows for {e.GetType().Name}.");
        }
    }

    private static void Decide(List<RowChange> rows, string stream, DateTimeOffset at, TaskEvent.Decided d)
    {
        rows.Add(Task(stream,
            TasksTable.Stage.Set("decided"),
            TasksTable.Label.Set(Json(d.Label)),
            TasksTable.Confidence.Set(d.Confidence),
            TasksTable.DecidedBy.Set(DecidedByName(d.By)),
            TasksTable.Votes.Set(Json(d.Votes)),
            TasksTable.Reason.Set(d.Reason),
            TasksTable.DecidedAt.Set(at)));
        if (d.Model is { } model)
        {
            rows.Add(Task(stream, TasksTable.ModelVote.Set(JsonSerializer.Serialize(model, DomainJson.Default.ModelVote))));
            rows.Add(RowChange.Put(LoopsTable.Table, [d.Job.Value], LoopsTable.ModelVotes.Add(1), LoopsTable.SavedAnswers.Add(model.SavedAnswers)));
        }

        if (d.By == DecidedBy.Machine)
            rows.Add(RowChange.Put(LoopsTable.Table, [d.Job.Value], LoopsTable.MachineDecided.Add(1)));
        foreach (var vote in d.Votes)
        {
            rows.Add(Assignment(d.Job.Value, vote.Assignment, AssignmentsTable.Agrees.Set(vote.Agrees), AssignmentsTable.Weight.Set(vote.Weight)));
            rows.Add(Judged(d.Job, vote, 1));
        }

        foreach (var vote in d.Replaces ?? [])
            rows.Add(Judged(d.Job, vote, -1));
        if (d.By == DecidedBy.LowConfidence || (d.By == DecidedBy.JobClosed && d.Votes.Any(v => !v.Agrees)))
            rows.Add(Review(stream, d.Job.Value, DecidedByName(d.By), d.Confidence, at));
        else if (d.By is DecidedBy.Adjudication or DecidedBy.JobClosed)
            rows.Add(RowChange.Delete(DisagreementsTable.Table, stream));
        rows.Add(d.Replaces is null
            ? RowChange.Put(JobsTable.Table, [d.Job.Value], JobsTable.Decided.Add(1))
            : Task(stream, TasksTable.FinalLabel.Set(default), TasksTable.FinalConfidence.Set(default), TasksTable.FinalMethod.Set(default)));
    }

    private static void Settle(List<RowChange> rows, string stream, DateTimeOffset at, TaskEvent.Settled s)
    {
        var spent = 0L;
        var released = 0L;
        var waiting = 0;
        var accepted = 0;
        var upheld = 0;
        foreach (var one in s.Settlements)
        {
            var again = one.Reason is SettlementReason.AppealUpheld or SettlementReason.ProvedRight;
            waiting += again ? 0 : 1;
            upheld += again ? 1 : 0;
            released += one.ReservedMicros;
            accepted += one.Accepted ? 1 : 0;
            spent += one.PaidByPlatform ? 0 : one.PayMicros + one.FeeMicros;
            rows.Add(Assignment(s.Job.Value, one.Assignment,
                AssignmentsTable.Status.Set(one.Accepted ? "accepted" : "rejected"),
                AssignmentsTable.Paid.Set(one.PayMicros),
                AssignmentsTable.Reason.Set(ReasonName(one.Reason)),
                AssignmentsTable.Note.Set(one.Note),
                AssignmentsTable.SettledAt.Set(at)));
            rows.Add(RowChange.Put(ReliabilityTable.Table, [s.Job.Value, one.Worker.Value],
                ReliabilityTable.Accepted.Add(one.Accepted ? 1 : 0),
                ReliabilityTable.Rejected.Add((one.Accepted ? 0 : 1) - (again ? 1 : 0)),
                ReliabilityTable.Paid.Add(one.PayMicros)));
        }

        rows.Add(Task(stream, TasksTable.Unsettled.Add(-waiting), TasksTable.Spent.Add(spent)));
        rows.Add(RowChange.Put(JobsTable.Table, [s.Job.Value],
            JobsTable.Accepted.Add(accepted), JobsTable.Rejected.Add(s.Settlements.Count - accepted - upheld), JobsTable.Spent.Add(spent), JobsTable.Reserved.Add(-released)));
    }

    private static RowChange Judged(JobId job, Vote vote, int sign) => RowChange.Put(ReliabilityTable.Table, [job.Value, vote.Worker.Value],
        ReliabilityTable.Judged.Add(sign), ReliabilityTable.Agreed.Add(vote.Agrees ? sign : 0));

    private static RowChange Task(string stream, params ColumnChange[] columns) => RowChange.Put(TasksTable.Table, [stream], columns);

    private static RowChange Gold(string job, string stream, params ColumnChange[] columns) => RowChange.Put(GoldTable.Table, [job, stream], columns);

    private static RowChange Review(string stream, string job, string cause, double confidence, DateTimeOffset at) => RowChange.Put(DisagreementsTable.Table, [stream],
        DisagreementsTable.JobId.Set(job), DisagreementsTable.Cause.Set(cause), DisagreementsTable.Confidence.Set(confidence), DisagreementsTable.RaisedAt.Set(at));

    private static RowChange Assignment(string job, AssignmentId id, params ColumnChange[] columns) => RowChange.Put(AssignmentsTable.Table, Key(job, id), columns);

    private static Value[] Key(string job, AssignmentId id) => [job, id.Task.Value, id.Ordinal];

    private static string Json(Answer answer) => JsonSerializer.Serialize(answer, DomainJson.Default.Answer);

    private static string? Json(SeenPrediction? seen) => seen is null ? null : JsonSerializer.Serialize(seen, DomainJson.Default.SeenPrediction);

    private static string Json(IReadOnlyList<Vote> votes) => JsonSerializer.Serialize(votes, DomainJson.Default.IReadOnlyListVote);

    private static string DecidedByName(DecidedBy by) => Camel(by.ToString());

    private static string ReasonName(SettlementReason reason) => Camel(reason.ToString());

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
