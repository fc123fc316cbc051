using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Payments;

/// <summary>What the events of top-ups, refunds and the inbox change in their tables.</summary>
internal static class PaymentRows
{
    public static void Project(List<RowChange> rows, DateTimeOffset at, TopUpEvent e) => rows.Add(e switch
    {
        TopUpEvent.Started => Row(e,
            TopUpsTable.RequesterId.Set(e.Requester.Value),
            TopUpsTable.Amount.Set(e.AmountMicros),
            TopUpsTable.Currency.Set(e.Currency.Code),
            TopUpsTable.Status.Set("started"),
            TopUpsTable.StartedAt.Set(at)),
        TopUpEvent.Pending p => Row(e, TopUpsTable.Status.Set("pending"), TopUpsTable.PayAt.Set(p.PayAt?.AbsoluteUri)),
        TopUpEvent.Paid p => Row(e,
            TopUpsTable.Amount.Set(e.AmountMicros),
            TopUpsTable.Status.Set("paid"),
            TopUpsTable.Payment.Set(p.Payment),
            TopUpsTable.PayAt.Set(default),
            TopUpsTable.Reason.Set(default),
            TopUpsTable.EndedAt.Set(at)),
        TopUpEvent.Failed f => Row(e, TopUpsTable.Reason.Set(f.Reason)),
        TopUpEvent.GivenUp g => Row(e, TopUpsTable.Status.Set("givenUp"), TopUpsTable.Reason.Set(g.Reason), TopUpsTable.PayAt.Set(default), TopUpsTable.EndedAt.Set(at)),
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });

    public static void Project(List<RowChange> rows, DateTimeOffset at, RefundEvent e) => rows.Add(e switch
    {
        RefundEvent.Started => Row(e, RefundsTable.Status.Set("started")),
        RefundEvent.Posted p => Row(e, RefundsTable.Status.Set("posted"), RefundsTable.Reference.Set(p.Reference)),
        RefundEvent.Confirmed => Row(e, RefundsTable.Status.Set("confirmed"), RefundsTable.EndedAt.Set(at)),
        RefundEvent.Voided v => Row(e, RefundsTable.Status.Set("voided"), RefundsTable.Reason.Set(v.Reason), RefundsTable.EndedAt.Set(at)),
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });

    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, InboxEvent e) => rows.Add(e switch
    {
        InboxEvent.Received r => RowChange.Put(InboxTable.Table, [stream],
            InboxTable.EventId.Set(r.Event.Id),
            InboxTable.Type.Set(r.Event.Type),
            InboxTable.Status.Set("received"),
            InboxTable.Fetched.Set(r.Fetched),
            InboxTable.HappenedAt.Set(r.Event.At),
            InboxTable.ReceivedAt.Set(at)),
        InboxEvent.Processed p => RowChange.Put(InboxTable.Table, [stream],
            InboxTable.Status.Set("processed"), InboxTable.ProcessedAt.Set(at), InboxTable.Result.Set(p.Result)),
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });

    private static RowChange Row(TopUpEvent e, params ColumnChange[] columns) => RowChange.Put(TopUpsTable.Table, [e.TopUp.Value], columns);

    private static RowChange Row(RefundEvent e, params ColumnChange[] columns) => RowChange.Put(RefundsTable.Table, [e.Refund.Value], columns);
}
