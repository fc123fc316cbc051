using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Marketplace.Log;

/// <summary>
/// What an event changes in the tables. A pure function of the event and where it stands in the log: it runs when the event is
/// committed and again, over the whole log, when the tables are rebuilt.
/// </summary>
public static class ReadModels
{
    /// <summary>The row changes of a stored event, for rebuilding.</summary>
    public static IReadOnlyList<RowChange> Project(StoredEvent stored)
    {
        var rows = new List<RowChange>();
        Project(rows, stored.Stream, stored.Version, stored.At, EventTypes.Read(stored.Type, stored.Data.Span));
        return rows;
    }

    /// <summary>Adds the row changes of one event.</summary>
    public static void Project(List<RowChange> rows, string stream, long version, DateTimeOffset at, DomainEvent e)
    {
        switch (e)
        {
            case TaskEvent task:
                Tasks.TaskRows.Project(rows, stream, version, at, task);
                break;
            case TasksAdded added:
                Jobs.JobRows.Project(rows, at, added);
                break;
            case PredictionsAdded predictions:
                Loop.LoopRows.Project(rows, version, at, predictions);
                break;
            case ModelEvent model:
                Loop.LoopRows.Project(rows, at, model);
                break;
            case AlertEvent alert:
                Loop.AlertRows.Project(rows, at, alert);
                break;
            case DecisionEvent decision:
                Loop.LoopRows.Project(rows, stream, at, decision);
                break;
            case JobEvent job:
                Jobs.JobRows.Project(rows, stream, at, job);
                break;
            case WorkerEvent worker:
                Workers.WorkerRows.Project(rows, stream, at, worker);
                break;
            case RequesterEvent requester:
                Requesters.RequesterRows.Project(rows, stream, at, requester);
                break;
            case ExamEvent exam:
                Exams.ExamRows.Project(rows, at, exam);
                break;
            case PayoutEvent payout:
                Payouts.PayoutRows.Project(rows, at, payout);
                break;
            case TopUpEvent topUp:
                Payments.PaymentRows.Project(rows, at, topUp);
                break;
            case RefundEvent refund:
                Payments.PaymentRows.Project(rows, at, refund);
                break;
            case InboxEvent inbox:
                Payments.PaymentRows.Project(rows, stream, at, inbox);
                break;
            case MovementSeen seen:
                Ledger.LedgerRows.Project(rows, seen);
                break;
            case AccountEvent account:
                Accounts.AccountRows.Project(rows, at, account);
                break;
        }

        Ledger.LedgerRows.Project(rows, stream, version, at, e);
    }
}
