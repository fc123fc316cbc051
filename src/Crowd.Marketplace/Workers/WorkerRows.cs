using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Workers;

/// <summary>What the events of a worker change in the tables of workers, qualifications, reliability and payouts.</summary>
internal static class WorkerRows
{
    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, WorkerEvent e)
    {
        switch (e)
        {
            case WorkerEvent.Registered r:
                rows.Add(Worker(stream, WorkersTable.PersonId.Set(r.Person.Value), WorkersTable.RegisteredAt.Set(at)));
                break;
            case WorkerEvent.QualificationGranted q:
                rows.Add(RowChange.Put(QualificationsTable.Table, [stream, q.Qualification], QualificationsTable.GrantedAt.Set(at), QualificationsTable.Reason.Set(q.Reason)));
                break;
            case WorkerEvent.QualificationRevoked q:
                rows.Add(RowChange.Delete(QualificationsTable.Table, stream, q.Qualification));
                break;
            case WorkerEvent.Suspended s:
                rows.Add(Worker(stream, WorkersTable.SuspendedUntil.Set(s.Until), WorkersTable.SuspensionReason.Set(s.Reason)));
                break;
            case WorkerEvent.SuspensionLifted:
                rows.Add(Worker(stream, WorkersTable.SuspendedUntil.Set(default), WorkersTable.SuspensionReason.Set(default)));
                break;
            case WorkerEvent.ReliabilityOverridden o:
                rows.Add(Override(stream, o.Job, o.Value));
                break;
            case WorkerEvent.ReliabilityOverrideCleared c:
                rows.Add(Override(stream, c.Job, default));
                break;
            case WorkerEvent.ExamBegun b:
                rows.Add(RowChange.Put(ExamRecordsTable.Table, [stream, b.Exam.Value],
                    ExamRecordsTable.Attempts.Set(b.Attempt), ExamRecordsTable.Until.Set(b.Until), ExamRecordsTable.RetryFrom.Set(b.RetryFrom)));
                rows.Add(RowChange.Put(ExamsTable.Table, [b.Exam.Value], ExamsTable.Begun.Add(1)));
                break;
            case WorkerEvent.ExamGraded g:
                rows.Add(RowChange.Put(ExamRecordsTable.Table, [stream, g.Exam.Value],
                    ExamRecordsTable.Until.Set(default), ExamRecordsTable.LastRight.Set(g.Right), ExamRecordsTable.Passed.Set(g.Passed)));
                rows.Add(RowChange.Put(ExamsTable.Table, [g.Exam.Value], ExamsTable.Passed.Add(g.Passed ? 1 : 0)));
                break;
            case WorkerEvent.PayoutRequested p:
                rows.Add(RowChange.Put(PayoutsTable.Table, [p.Payout.Value],
                    PayoutsTable.WorkerId.Set(stream),
                    PayoutsTable.Amount.Set(p.AmountMicros),
                    PayoutsTable.Currency.Set(p.Currency.Code),
                    PayoutsTable.Status.Set("requested"),
                    PayoutsTable.Payee.Set(p.Payee),
                    PayoutsTable.RequestedAt.Set(at)));
                break;
            case WorkerEvent.PayeeOpened p:
                rows.Add(Worker(stream, WorkersTable.Payee.Set(p.Payee), WorkersTable.PayeeCountry.Set(p.Country), WorkersTable.PayeeReady.Set(false)));
                break;
            case WorkerEvent.PayeeChanged p:
                rows.Add(Worker(stream, WorkersTable.PayeeReady.Set(p.Ready), WorkersTable.PayeeSubmitted.Set(p.Submitted), WorkersTable.PayeeReason.Set(p.Reason)));
                break;
            case WorkerEvent.PayoutsScheduled p:
                rows.Add(Worker(stream,
                    WorkersTable.Scheduled.Set(true),
                    WorkersTable.PayoutCurrency.Set(p.Schedule.Currency.Code),
                    WorkersTable.PayoutThreshold.Set(p.Schedule.ThresholdMicros),
                    WorkersTable.PayoutWeekday.Set(p.Schedule.Weekday?.ToString())));
                break;
            case WorkerEvent.PayoutsUnscheduled:
                rows.Add(Worker(stream,
                    WorkersTable.Scheduled.Set(default),
                    WorkersTable.PayoutCurrency.Set(default),
                    WorkersTable.PayoutThreshold.Set(default),
                    WorkersTable.PayoutWeekday.Set(default)));
                break;
            case WorkerEvent.PayoutEnded or WorkerEvent.DebtRecovered:
                break;
            default:
                throw new InvalidOperationException($"No rows for {e.GetType().Name}.");
        }
    }

    private static RowChange Override(string worker, JobId? job, Value value) => job is { } id
        ? RowChange.Put(ReliabilityTable.Table, [id.Value, worker], ReliabilityTable.Override.Set(value))
        : Worker(worker, WorkersTable.ReliabilityOverride.Set(value));

    private static RowChange Worker(string stream, params ColumnChange[] columns) => RowChange.Put(WorkersTable.Table, [stream], columns);
}
