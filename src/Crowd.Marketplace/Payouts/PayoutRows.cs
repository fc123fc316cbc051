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
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });

    private static RowChange Row(PayoutEvent e, params ColumnChange[] columns) => RowChange.Put(PayoutsTable.Table, [e.Payout.Value], columns);
}
