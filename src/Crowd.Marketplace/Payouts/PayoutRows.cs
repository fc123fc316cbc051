using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Payouts;

/// <summary>What the events of a payout change in the table of payouts.</summary>
internal static class PayoutRows
{
    public static void Project(List<RowChange> rows, DateTimeOffset at, PayoutEvent e) => rows.Add(e switch
    {
        PayoutEvent.Started => Row(e, PayoutsTable.Status.Set("started")),
        PayoutEvent.Posted p => Row(e, PayoutsTable.Status.Set("posted"), PayoutsTable.Reference.Set(p.Reference), PayoutsTable.EndedAt.Set(at)),
        PayoutEvent.Voided v => Row(e, PayoutsTable.Status.Set("voided"), PayoutsTable.Reason.Set(v.Reason), PayoutsTable.EndedAt.Set(at)),
        PayoutEvent.RecallStarted r => Row(e, PayoutsTable.Recall.Set("asked"), PayoutsTable.Reason.Set(r.Reason)),
        PayoutEvent.RecallRefused r => Row(e, PayoutsTable.Recall.Set("refused"), PayoutsTable.Reason.Set(r.Reason)),
        PayoutEvent.Returned { Whole: true } r => Row(e, PayoutsTable.Returned.Add(r.AmountMicros), PayoutsTable.Reason.Set(r.Reason), PayoutsTable.Recall.Set(default)),
        PayoutEvent.Returned r => Row(e, PayoutsTable.Returned.Add(r.AmountMicros), PayoutsTable.Reason.Set(r.Reason)),
        PayoutEvent.FoundPaid f => Row(e, PayoutsTable.Status.Set("posted"), PayoutsTable.Reference.Set(f.Reference), PayoutsTable.Reason.Set(f.Reason)),
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });

    private static RowChange Row(PayoutEvent e, params ColumnChange[] columns) => RowChange.Put(PayoutsTable.Table, [e.Payout.Value], columns);
}
