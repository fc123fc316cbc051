using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Requesters;

/// <summary>What the events of a requester change in the tables of requesters, members, refunds, disputes and bonuses. Money stands in the ledger.</summary>
internal static class RequesterRows
{
    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, RequesterEvent e)
    {
        switch (e)
        {
            case RequesterEvent.Registered r:
                rows.Add(RowChange.Put(RequestersTable.Table, [stream], RequestersTable.Name.Set(r.Name), RequestersTable.CreatedAt.Set(at)));
                rows.Add(Member(stream, r.Owner, MemberRole.Owner, at));
                break;
            case RequesterEvent.MemberSet m:
                rows.Add(Member(stream, m.Person, m.Role, at));
                break;
            case RequesterEvent.RefundRequested r:
                rows.Add(RowChange.Put(RefundsTable.Table, [r.Refund.Value],
                    RefundsTable.RequesterId.Set(stream),
                    RefundsTable.TopUpId.Set(r.TopUp.Value),
                    RefundsTable.Payment.Set(r.Payment),
                    RefundsTable.Amount.Set(r.AmountMicros),
                    RefundsTable.Currency.Set(r.Currency.Code),
                    RefundsTable.Status.Set("requested"),
                    RefundsTable.RequestedAt.Set(at)));
                break;
            case RequesterEvent.DisputeOpened d:
                rows.Add(RowChange.Put(DisputesTable.Table, [d.Dispute],
                    DisputesTable.RequesterId.Set(stream),
                    DisputesTable.TopUpId.Set(d.TopUp.Value),
                    DisputesTable.Amount.Set(d.AmountMicros),
                    DisputesTable.Owed.Set(d.OwedMicros),
                    DisputesTable.Currency.Set(d.Currency.Code),
                    DisputesTable.Status.Set("open"),
                    DisputesTable.Reason.Set(d.Reason),
                    DisputesTable.OpenedAt.Set(at)));
                break;
            case RequesterEvent.DisputeWon d:
                rows.Add(RowChange.Put(DisputesTable.Table, [d.Dispute], DisputesTable.Status.Set("won"), DisputesTable.EndedAt.Set(at)));
                break;
            case RequesterEvent.DisputeLost d:
                rows.Add(RowChange.Put(DisputesTable.Table, [d.Dispute], DisputesTable.Status.Set("lost"), DisputesTable.EndedAt.Set(at)));
                break;
            case RequesterEvent.BonusPaid b:
                rows.Add(RowChange.Put(BonusesTable.Table, [b.Bonus.Value],
                    BonusesTable.RequesterId.Set(stream),
                    BonusesTable.JobId.Set(b.Job.Value),
                    BonusesTable.WorkerId.Set(b.Worker.Value),
                    BonusesTable.Amount.Set(b.AmountMicros),
                    BonusesTable.Fee.Set(b.FeeMicros),
                    BonusesTable.Currency.Set(b.Currency.Code),
                    BonusesTable.Reason.Set(b.Reason),
                    BonusesTable.PaidAt.Set(at)));
                break;
            case RequesterEvent.MemberRemoved m:
                rows.Add(RowChange.Delete(MembersTable.Table, stream, m.Person.Value));
                break;
            case RequesterEvent.WebhookSet w:
                rows.Add(Webhook(w.Webhook, WebhooksTable.RequesterId.Set(w.Requester.Value), WebhooksTable.Url.Set(w.Url), WebhooksTable.Types.Set(string.Join(',', w.Types)), WebhooksTable.ChangedAt.Set(at)));
                break;
            case RequesterEvent.WebhookDisabled w:
                rows.Add(Webhook(w.Webhook, WebhooksTable.DisabledAt.Set(at), WebhooksTable.DisabledReason.Set(w.Reason)));
                break;
            case RequesterEvent.WebhookEnabled w:
                rows.Add(Webhook(w.Webhook, WebhooksTable.DisabledAt.Set(default), WebhooksTable.DisabledReason.Set(default)));
                break;
            case RequesterEvent.WebhookRemoved w:
                rows.Add(RowChange.Delete(WebhooksTable.Table, w.Webhook.Value));
                break;
        }
    }

    private static RowChange Webhook(WebhookId id, params ColumnChange[] columns) => RowChange.Put(WebhooksTable.Table, [id.Value], columns);

    private static RowChange Member(string requester, PersonId person, MemberRole role, DateTimeOffset at) =>
        RowChange.Put(MembersTable.Table, [requester, person.Value], MembersTable.Role.Set(role.ToString()), MembersTable.Since.Set(at));
}
