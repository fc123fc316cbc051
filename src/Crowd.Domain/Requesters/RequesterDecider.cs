namespace Crowd.Domain;

/// <summary>What may happen to a requester. Pure: the state and a command in, events or a refusal out.</summary>
public static partial class RequesterDecider
{
    /// <summary>Most characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>Most members.</summary>
    public const int MemberLimit = 1_000;

    /// <summary>Most money in one top-up or hold: a billion units.</summary>
    public const long AmountLimitMicros = 1_000_000_000L * Currency.MicrosPerUnit;

    /// <summary>Founds the organisation. A second time with the same name and owner changes nothing.</summary>
    public static Outcome<RequesterEvent[]> Register(RequesterState state, RequesterId requester, string name, PersonId owner)
    {
        if (state.Registered)
            return state.Name == name && state.Members.ContainsKey(owner) ? Nothing : Reject.With(RejectionCode.AlreadyExists, $"{requester} exists and is another one.");
        return string.IsNullOrWhiteSpace(name) || name.Length > NameLength
            ? Reject.Invalid([new("name", "length", $"give 1 to {NameLength} characters.")])
            : One(new RequesterEvent.Registered { Requester = requester, Name = name, Owner = owner });
    }

    /// <summary>Adds a member or changes the role. The last owner stays one.</summary>
    public static Outcome<RequesterEvent[]> SetMember(RequesterState state, PersonId person, MemberRole role)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Members.TryGetValue(person, out var present) && present == role)
            return Nothing;
        if (IsLastOwner(state, person))
            return Reject.With(RejectionCode.Invalid, "The last owner stays an owner: make another member an owner first.");
        return state.Members.Count >= MemberLimit && !state.Members.ContainsKey(person)
            ? Reject.With(RejectionCode.LimitExceeded, $"An organisation has at most {MemberLimit} members.")
            : One(new RequesterEvent.MemberSet { Person = person, Role = role });
    }

    public static Outcome<RequesterEvent[]> RemoveMember(RequesterState state, PersonId person)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (!state.Members.ContainsKey(person))
            return Nothing;
        return IsLastOwner(state, person)
            ? Reject.With(RejectionCode.Invalid, "The last owner stays: make another member an owner first.")
            : One(new RequesterEvent.MemberRemoved { Person = person });
    }

    /// <summary>Puts money aside for a job. The same hold again changes nothing, with other content it is refused.</summary>
    public static Outcome<RequesterEvent[]> Hold(RequesterState state, HoldId hold, JobId job, Money amount)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Holds.TryGetValue(hold, out var held))
        {
            return held == new HeldFunds(job, amount.Micros) { Currency = amount.Currency }
                ? Nothing
                : Reject.With(RejectionCode.IdempotencyConflict, $"{hold} was used for {held.AmountMicros} micros of {held.Job}: give a new id.");
        }

        if (BadAmount(amount.Micros) is { } wrong)
            return wrong;
        var available = state.AvailableMicros(amount.Currency);
        return amount.Micros > available ? TooLittle(state, amount) : One(new RequesterEvent.FundsHeld { Requester = state.Id, Hold = hold, Job = job, AmountMicros = amount.Micros, Currency = amount.Currency });
    }

    /// <summary>Takes back what a job did not spend. A second time changes nothing.</summary>
    /// <param name="hold">The hold that came too late for the job; null for what was left when it closed.</param>
    public static Outcome<RequesterEvent[]> Return(RequesterState state, JobId job, Money amount, HoldId? hold = null) =>
        Missing(state) is { } missing ? missing
        : (hold is { } late ? state.ReturnedHolds.Contains(late) : state.Returned.Contains(job)) ? Nothing
        : WithRepayment(state, amount.Currency, new RequesterEvent.FundsReturned { Job = job, Hold = hold, AmountMicros = amount.Micros, Currency = amount.Currency });

    /// <summary>
    /// Begins a job under the requester's key. The same key with the same content gives the job that was begun, with other content it is refused.
    /// </summary>
    public static Outcome<RequesterEvent[]> RegisterJob(RequesterState state, string key, string contentHash, JobId job)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (string.IsNullOrWhiteSpace(key) || key.Length > NameLength)
            return Reject.Invalid([new("key", "length", $"give a key of 1 to {NameLength} characters.")]);
        if (state.Jobs.TryGetValue(key, out var known))
        {
            return known.ContentHash == contentHash
                ? Nothing
                : Reject.With(RejectionCode.IdempotencyConflict, $"The key '{key}' was used for another job, {known.Job}: give a new key.");
        }

        return One(new RequesterEvent.JobRegistered { Key = key, ContentHash = contentHash, Job = job });
    }

    private static Outcome<RequesterEvent[]> Nothing => Array.Empty<RequesterEvent>();

    private static Outcome<RequesterEvent[]> One(RequesterEvent e) => new[] { e };

    private static Rejection? Missing(RequesterState state) => state.Registered ? null : Reject.NotFound("such organisation");

    private static Rejection? BadAmount(long micros) =>
        micros is > 0 and <= AmountLimitMicros ? null : Reject.Invalid([new("amountMicros", "range", $"give an amount above 0 up to {AmountLimitMicros} micros.")]);

    private static bool IsLastOwner(RequesterState state, PersonId person) =>
        state.Members.GetValueOrDefault(person, MemberRole.Viewer) == MemberRole.Owner && state.Members.Values.Count(r => r == MemberRole.Owner) == 1;
}
