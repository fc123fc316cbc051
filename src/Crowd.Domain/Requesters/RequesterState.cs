using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>
/// An organisation as its events make it. What was added after the first version is set rather than init: an older snapshot that leaves it out must
/// leave it empty, not null.
/// </summary>
public sealed record RequesterState
{
    public RequesterId Id { get; init; }

    public string Name { get; init; } = "";

    public ImmutableDictionary<PersonId, MemberRole> Members { get; init; } = ImmutableDictionary<PersonId, MemberRole>.Empty;

    /// <summary>Micros available, by currency code.</summary>
    public ImmutableDictionary<string, long> Available { get; init; } = ImmutableDictionary<string, long>.Empty;

    public ImmutableDictionary<TopUpId, Money> TopUps { get; init; } = ImmutableDictionary<TopUpId, Money>.Empty;

    public ImmutableDictionary<HoldId, HeldFunds> Holds { get; init; } = ImmutableDictionary<HoldId, HeldFunds>.Empty;

    /// <summary>Jobs whose remainder came back.</summary>
    public ImmutableHashSet<JobId> Returned { get; init; } = [];

    /// <summary>Holds that came back because they reached their job after its end.</summary>
    public ImmutableHashSet<HoldId> ReturnedHolds { get; init; } = [];

    public ImmutableDictionary<string, RegisteredJob> Jobs { get; init; } = ImmutableDictionary<string, RegisteredJob>.Empty;

    /// <summary>Micros owed after a dispute, by currency code; nothing is available while something is owed.</summary>
    public ImmutableDictionary<string, long> Owed { get; set; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The provider's id of each top-up's payment, and what of it went back or is disputed.</summary>
    public ImmutableDictionary<TopUpId, PaidTopUp> Payments { get; set; } = ImmutableDictionary<TopUpId, PaidTopUp>.Empty;

    public ImmutableDictionary<RefundId, RefundedFunds> Refunds { get; set; } = ImmutableDictionary<RefundId, RefundedFunds>.Empty;

    /// <summary>By the provider's id.</summary>
    public ImmutableDictionary<string, DisputedFunds> Disputes { get; set; } = ImmutableDictionary<string, DisputedFunds>.Empty;

    public ImmutableDictionary<BonusId, GivenBonus> Bonuses { get; set; } = ImmutableDictionary<BonusId, GivenBonus>.Empty;

    /// <summary>Where the organisation is told of events.</summary>
    public ImmutableDictionary<WebhookId, WebhookState> Webhooks { get; set; } = ImmutableDictionary<WebhookId, WebhookState>.Empty;

    /// <summary>True once registered.</summary>
    [JsonIgnore]
    public bool Registered => Id != default;

    public long AvailableMicros(Currency currency) => Available.GetValueOrDefault(currency.Code);

    public long OwedMicros(Currency currency) => Owed.GetValueOrDefault(currency.Code);

    /// <summary>What of a top-up has neither gone back nor is disputed, in micros; 0 for one that is not known.</summary>
    public long RestMicros(TopUpId topUp) =>
        TopUps.TryGetValue(topUp, out var paid) ? paid.Micros - (Payments.TryGetValue(topUp, out var used) ? used.RefundedMicros + used.DisputedMicros : 0) : 0;

    /// <summary>The state after the event.</summary>
    public RequesterState Apply(RequesterEvent e) => e switch
    {
        RequesterEvent.Registered r => this with { Id = r.Requester, Name = r.Name, Members = Members.SetItem(r.Owner, MemberRole.Owner) },
        RequesterEvent.MemberSet m => this with { Members = Members.SetItem(m.Person, m.Role) },
        RequesterEvent.MemberRemoved m => this with { Members = Members.Remove(m.Person) },
        RequesterEvent.ToppedUp t => Moved(t.Currency, t.AmountMicros) with
        {
            TopUps = TopUps.SetItem(t.TopUp, new(t.AmountMicros, t.Currency)),
            Payments = t.Payment is { } payment ? Payments.SetItem(t.TopUp, new(payment, 0, 0)) : Payments,
        },
        RequesterEvent.RefundRequested r => Used(r.TopUp, r.AmountMicros, 0).Moved(r.Currency, -r.AmountMicros) with
        {
            Refunds = Refunds.SetItem(r.Refund, new(r.TopUp, new(r.AmountMicros, r.Currency), Returned: false)),
        },
        RequesterEvent.RefundReturned r => Used(Refunds[r.Refund].TopUp, -r.AmountMicros, 0).Moved(r.Currency, r.AmountMicros) with
        {
            Refunds = Refunds.SetItem(r.Refund, Refunds[r.Refund] with { Returned = true }),
        },
        RequesterEvent.DisputeOpened d => Used(d.TopUp, 0, d.AmountMicros).Moved(d.Currency, d.OwedMicros - d.AmountMicros).Owing(d.Currency, d.OwedMicros) with
        {
            Disputes = Disputes.SetItem(d.Dispute, new(d.TopUp, new(d.AmountMicros, d.Currency), DisputePhase.Open)),
        },
        RequesterEvent.DisputeWon d => Used(Disputes[d.Dispute].TopUp, 0, -d.AmountMicros).Moved(d.Currency, d.AmountMicros) with
        {
            Disputes = Disputes.SetItem(d.Dispute, Disputes[d.Dispute] with { Phase = DisputePhase.Won }),
        },
        RequesterEvent.DisputeLost d => this with { Disputes = Disputes.SetItem(d.Dispute, Disputes[d.Dispute] with { Phase = DisputePhase.Lost }) },
        RequesterEvent.DebtRepaid d => Moved(d.Currency, -d.AmountMicros).Owing(d.Currency, -d.AmountMicros),
        RequesterEvent.BonusPaid b => Moved(b.Currency, -b.AmountMicros - b.FeeMicros) with
        {
            Bonuses = Bonuses.SetItem(b.Bonus, new(b.Job, b.Worker, new(b.AmountMicros, b.Currency))),
        },
        RequesterEvent.FundsHeld h => Moved(h.Currency, -h.AmountMicros) with { Holds = Holds.SetItem(h.Hold, new(h.Job, h.AmountMicros) { Currency = h.Currency }) },
        RequesterEvent.FundsReturned { Hold: { } hold } r => Moved(r.Currency, r.AmountMicros) with { ReturnedHolds = ReturnedHolds.Add(hold) },
        RequesterEvent.FundsReturned r => Moved(r.Currency, r.AmountMicros) with { Returned = Returned.Add(r.Job) },
        RequesterEvent.JobRegistered j => this with { Jobs = Jobs.SetItem(j.Key, new(j.Job, j.ContentHash)) },
        RequesterEvent.WebhookSet w => this with { Webhooks = Webhooks.SetItem(w.Webhook, new(w.Url, w.Types) { Disabled = Webhooks.GetValueOrDefault(w.Webhook)?.Disabled is true }) },
        RequesterEvent.WebhookDisabled w => this with { Webhooks = Webhooks.SetItem(w.Webhook, Webhooks[w.Webhook] with { Disabled = true }) },
        RequesterEvent.WebhookEnabled w => this with { Webhooks = Webhooks.SetItem(w.Webhook, Webhooks[w.Webhook] with { Disabled = false }) },
        RequesterEvent.WebhookReplayed or RequesterEvent.WebhookSecretReplaced => this,
        RequesterEvent.WebhookRemoved w => this with { Webhooks = Webhooks.Remove(w.Webhook) },
        _ => throw new InvalidOperationException($"A requester does not know {e.GetType().Name}."),
    };

    private RequesterState Moved(Currency currency, long micros) =>
        this with { Available = Available.SetItem(currency.Code, checked(AvailableMicros(currency) + micros)) };

    private RequesterState Owing(Currency currency, long micros) =>
        micros == 0 ? this : this with { Owed = Owed.SetItem(currency.Code, checked(OwedMicros(currency) + micros)) };

    private RequesterState Used(TopUpId topUp, long refunded, long disputed)
    {
        var used = Payments[topUp];
        return this with { Payments = Payments.SetItem(topUp, used with { RefundedMicros = used.RefundedMicros + refunded, DisputedMicros = used.DisputedMicros + disputed }) };
    }
}

/// <summary>Money put aside for a job.</summary>
public sealed record HeldFunds(JobId Job, long AmountMicros)
{
    public required Currency Currency { get; init; }
}

/// <summary>A job begun under a key of the requester's.</summary>
public sealed record RegisteredJob(JobId Job, string ContentHash);

/// <summary>An address at which the organisation is told of events.</summary>
public sealed record WebhookState(string Url, EquatableList<string> Types)
{
    public bool Disabled { get; init; }
}
