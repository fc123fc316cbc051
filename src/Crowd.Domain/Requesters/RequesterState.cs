using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>An organisation as its events make it.</summary>
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

    /// <summary>True once registered.</summary>
    [JsonIgnore]
    public bool Registered => Id != default;

    public long AvailableMicros(Currency currency) => Available.GetValueOrDefault(currency.Code);

    /// <summary>The state after the event.</summary>
    public RequesterState Apply(RequesterEvent e) => e switch
    {
        RequesterEvent.Registered r => this with { Id = r.Requester, Name = r.Name, Members = Members.SetItem(r.Owner, MemberRole.Owner) },
        RequesterEvent.MemberSet m => this with { Members = Members.SetItem(m.Person, m.Role) },
        RequesterEvent.MemberRemoved m => this with { Members = Members.Remove(m.Person) },
        RequesterEvent.ToppedUp t => Moved(t.Currency, t.AmountMicros) with { TopUps = TopUps.SetItem(t.TopUp, new(t.AmountMicros, t.Currency)) },
        RequesterEvent.FundsHeld h => Moved(h.Currency, -h.AmountMicros) with { Holds = Holds.SetItem(h.Hold, new(h.Job, h.AmountMicros) { Currency = h.Currency }) },
        RequesterEvent.FundsReturned { Hold: { } hold } r => Moved(r.Currency, r.AmountMicros) with { ReturnedHolds = ReturnedHolds.Add(hold) },
        RequesterEvent.FundsReturned r => Moved(r.Currency, r.AmountMicros) with { Returned = Returned.Add(r.Job) },
        RequesterEvent.JobRegistered j => this with { Jobs = Jobs.SetItem(j.Key, new(j.Job, j.ContentHash)) },
        _ => throw new InvalidOperationException($"A requester does not know {e.GetType().Name}."),
    };

    private RequesterState Moved(Currency currency, long micros) =>
        this with { Available = Available.SetItem(currency.Code, checked(AvailableMicros(currency) + micros)) };
}

/// <summary>Money put aside for a job.</summary>
public sealed record HeldFunds(JobId Job, long AmountMicros)
{
    public required Currency Currency { get; init; }
}

/// <summary>A job begun under a key of the requester's.</summary>
public sealed record RegisteredJob(JobId Job, string ContentHash);
