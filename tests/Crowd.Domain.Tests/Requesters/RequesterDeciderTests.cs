using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Requesters;

public class RequesterDeciderTests
{
    private static readonly RequesterState None = new();
    private static readonly RequesterState Acme = None.Apply(new RequesterEvent.Registered { Requester = Requester, Name = "Acme", Owner = Person });
    private static readonly RequesterState Rich = Acme.Apply(new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = 100, Currency = Currency.Usd });
    private static readonly PersonId Bob = Id<PersonId>(2);

    [Fact]
    public void Nothing_can_be_done_to_an_organisation_that_is_not_there()
    {
        Outcome<RequesterEvent[]>[] all =
        [
            RequesterDecider.SetMember(None, Bob, MemberRole.Viewer),
            RequesterDecider.RemoveMember(None, Bob),
            RequesterDecider.Credit(None, Id<TopUpId>(1), Usd(5), "pi_1"),
            RequesterDecider.Hold(None, Id<HoldId>(1), Job, Usd(-5)),
            RequesterDecider.Return(None, Job, Usd(5)),
            RequesterDecider.RegisterJob(None, "", "h", Job),
        ];
        Assert.All(all, outcome => Refused(RejectionCode.NotFound, outcome));
    }

    [Fact]
    public void Registering_again_changes_nothing_and_as_another_is_refused()
    {
        Only<RequesterEvent.Registered, RequesterEvent>(RequesterDecider.Register(None, Requester, "Acme", Person));
        Nothing(RequesterDecider.Register(Acme, Requester, "Acme", Person));
        Refused(RejectionCode.AlreadyExists, RequesterDecider.Register(Acme, Requester, "Other", Person));
        Refused(RejectionCode.AlreadyExists, RequesterDecider.Register(Acme, Requester, "Acme", Bob));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_name_is_wanted(string? name) => Refused(RejectionCode.Invalid, RequesterDecider.Register(None, Requester, name!, Person));

    [Fact]
    public void A_name_has_a_greatest_length()
    {
        Refused(RejectionCode.Invalid, RequesterDecider.Register(None, Requester, new('x', RequesterDecider.NameLength + 1), Person));
        Only<RequesterEvent.Registered, RequesterEvent>(RequesterDecider.Register(None, Requester, new('x', RequesterDecider.NameLength), Person));
    }

    [Fact]
    public void The_last_owner_stays()
    {
        Nothing(RequesterDecider.SetMember(Acme, Person, MemberRole.Owner));
        Refused(RejectionCode.Invalid, RequesterDecider.SetMember(Acme, Person, MemberRole.Editor));
        Refused(RejectionCode.Invalid, RequesterDecider.RemoveMember(Acme, Person));
        var two = Acme.Apply(Only<RequesterEvent.MemberSet, RequesterEvent>(RequesterDecider.SetMember(Acme, Bob, MemberRole.Owner)));
        Only<RequesterEvent.MemberRemoved, RequesterEvent>(RequesterDecider.RemoveMember(two, Person));
        Only<RequesterEvent.MemberSet, RequesterEvent>(RequesterDecider.SetMember(two, Person, MemberRole.Viewer));
    }

    [Fact]
    public void Members_come_and_go_once()
    {
        Nothing(RequesterDecider.RemoveMember(Acme, Bob));
        var with = Acme.Apply(Only<RequesterEvent.MemberSet, RequesterEvent>(RequesterDecider.SetMember(Acme, Bob, MemberRole.Viewer)));
        Nothing(RequesterDecider.SetMember(with, Bob, MemberRole.Viewer));
        Assert.Equal(MemberRole.Viewer, with.Members[Bob]);
        var without = with.Apply(Only<RequesterEvent.MemberRemoved, RequesterEvent>(RequesterDecider.RemoveMember(with, Bob)));
        Assert.False(without.Members.ContainsKey(Bob));
    }

    [Fact]
    public void There_is_a_greatest_number_of_members()
    {
        var full = Acme;
        for (var i = 2; i <= RequesterDecider.MemberLimit; i++)
            full = full.Apply(new RequesterEvent.MemberSet { Person = Id<PersonId>(i), Role = MemberRole.Viewer });
        Refused(RejectionCode.LimitExceeded, RequesterDecider.SetMember(full, Id<PersonId>(5_000), MemberRole.Viewer));
        Only<RequesterEvent.MemberSet, RequesterEvent>(RequesterDecider.SetMember(full, Bob, MemberRole.Editor));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RequesterDecider.AmountLimitMicros + 1)]
    [InlineData(long.MinValue)]
    public void Amounts_out_of_range_are_refused(long micros)
    {
        Assert.Equal(RejectionCode.Invalid, RequesterDecider.MayTopUp(Acme, Id<TopUpId>(9), Usd(micros)).Rejection?.Code);
        Refused(RejectionCode.Invalid, RequesterDecider.Hold(Acme, Id<HoldId>(9), Job, Usd(micros)));
    }

    [Fact]
    public void A_top_up_counts_once()
    {
        Assert.Equal(100, Rich.AvailableMicros(Currency.Usd));
        Nothing(RequesterDecider.Credit(Rich, Id<TopUpId>(1), Usd(100), "pi_1"));
        Assert.False(RequesterDecider.MayTopUp(Rich, Id<TopUpId>(1), Usd(100)).Value);
        Assert.Equal(RejectionCode.IdempotencyConflict, RequesterDecider.MayTopUp(Rich, Id<TopUpId>(1), Usd(101)).Rejection?.Code);
        Assert.Equal(RejectionCode.IdempotencyConflict, RequesterDecider.MayTopUp(Rich, Id<TopUpId>(1), new(100, Yen)).Rejection?.Code);
        Assert.True(RequesterDecider.MayTopUp(Rich, Id<TopUpId>(2), Usd(RequesterDecider.AmountLimitMicros)).Value);
        Only<RequesterEvent.ToppedUp, RequesterEvent>(RequesterDecider.Credit(Rich, Id<TopUpId>(2), Usd(7), "pi_2"));
    }

    [Fact]
    public void A_top_up_is_in_whole_minor_units()
    {
        Assert.Equal(RejectionCode.Invalid, RequesterDecider.MayTopUp(Acme, Id<TopUpId>(2), Usd(10_001)).Rejection?.Code);
        Assert.Equal(RejectionCode.Invalid, RequesterDecider.MayTopUp(Acme, Id<TopUpId>(2), new(10_000, Yen)).Rejection?.Code);
        Assert.True(RequesterDecider.MayTopUp(Acme, Id<TopUpId>(2), new(1_000_000, Yen)).Value);
    }

    [Fact]
    public void An_account_does_not_overflow()
    {
        var brim = Acme.Apply(new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = long.MaxValue - 10_005, Currency = Currency.Usd });
        Assert.Equal(RejectionCode.LimitExceeded, RequesterDecider.MayTopUp(brim, Id<TopUpId>(2), Usd(20_000)).Rejection?.Code);
        Assert.True(RequesterDecider.MayTopUp(brim, Id<TopUpId>(2), Usd(10_000)).Value);
    }

    [Fact]
    public void No_more_is_held_than_is_there()
    {
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.Hold(Rich, Id<HoldId>(1), Job, Usd(101)));
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.Hold(Rich, Id<HoldId>(1), Job, new(1, Yen)));
        var held = Rich.Apply(Only<RequesterEvent.FundsHeld, RequesterEvent>(RequesterDecider.Hold(Rich, Id<HoldId>(1), Job, Usd(100))));
        Assert.Equal(0, held.AvailableMicros(Currency.Usd));
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.Hold(held, Id<HoldId>(2), Job, Usd(1)));
    }

    [Fact]
    public void The_same_hold_again_changes_nothing_and_with_other_content_is_refused()
    {
        var held = Rich.Apply(Only<RequesterEvent.FundsHeld, RequesterEvent>(RequesterDecider.Hold(Rich, Id<HoldId>(1), Job, Usd(40))));
        Nothing(RequesterDecider.Hold(held, Id<HoldId>(1), Job, Usd(40)));
        Refused(RejectionCode.IdempotencyConflict, RequesterDecider.Hold(held, Id<HoldId>(1), Job, Usd(41)));
        Refused(RejectionCode.IdempotencyConflict, RequesterDecider.Hold(held, Id<HoldId>(1), Id<JobId>(2), Usd(40)));
        Refused(RejectionCode.IdempotencyConflict, RequesterDecider.Hold(held, Id<HoldId>(1), Job, new(40, Yen)));
    }

    [Fact]
    public void What_a_job_left_comes_back_once()
    {
        var back = Rich.Apply(Only<RequesterEvent.FundsReturned, RequesterEvent>(RequesterDecider.Return(Rich, Job, Usd(7))));
        Assert.Equal(107, back.AvailableMicros(Currency.Usd));
        Nothing(RequesterDecider.Return(back, Job, Usd(7)));
        Only<RequesterEvent.FundsReturned, RequesterEvent>(RequesterDecider.Return(back, Id<JobId>(2), Usd(7)));
    }

    [Fact]
    public void A_job_is_begun_once_under_its_key()
    {
        Refused(RejectionCode.Invalid, RequesterDecider.RegisterJob(Acme, " ", "h", Job));
        Refused(RejectionCode.Invalid, RequesterDecider.RegisterJob(Acme, new('k', RequesterDecider.NameLength + 1), "h", Job));
        var begun = Acme.Apply(Only<RequesterEvent.JobRegistered, RequesterEvent>(RequesterDecider.RegisterJob(Acme, "k", "h", Job)));
        Nothing(RequesterDecider.RegisterJob(begun, "k", "h", Id<JobId>(2)));
        Assert.Equal(Job, begun.Jobs["k"].Job);
        Assert.Contains(Job.Value, Refused(RejectionCode.IdempotencyConflict, RequesterDecider.RegisterJob(begun, "k", "other", Id<JobId>(2))).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is asked for in whatever order, with ids used again: what is available is what came in less what was put aside, never below zero.</summary>
    [Fact]
    public void The_account_is_never_negative() => Property.HoldsForSteps(
        Gen.Choose(0, 2).SelectMany(what => Gen.Choose(1, 6).SelectMany(id => Gen.Choose(-5, 300).Select(micros => (What: what, Id: id, Micros: (long)micros)))),
        60,
        steps =>
        {
            var state = Acme;
            var expected = 0L;
            foreach (var (what, id, micros) in steps)
            {
                var outcome = what switch
                {
                    0 => micros > 0 ? RequesterDecider.Credit(state, Id<TopUpId>(id), Usd(micros), $"pi_{id}") : Array.Empty<RequesterEvent>(),
                    1 => RequesterDecider.Hold(state, Id<HoldId>(id), Id<JobId>(id), Usd(micros)),
                    _ => RequesterDecider.Return(state, Id<JobId>(id), Usd(Math.Abs(micros))),
                };
                foreach (var e in outcome.Value ?? [])
                {
                    state = state.Apply(e);
                    expected += e switch { RequesterEvent.ToppedUp t => t.AmountMicros, RequesterEvent.FundsHeld h => -h.AmountMicros, RequesterEvent.FundsReturned r => r.AmountMicros, _ => 0 };
                }

                Assert.Equal(expected, state.AvailableMicros(Currency.Usd));
                Assert.True(expected >= 0);
            }
        });

    private static Currency Yen => Currency.TryParse("JPY", out var yen) ? yen : default;
}
