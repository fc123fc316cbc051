using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Jobs;

public class JobDeciderTests
{
    private static readonly JobState None = new();
    private static readonly JobState Draft = None.Apply(new JobEvent.Created { Job = Job, Requester = Requester, Spec = Spec(), ContentHash = "h" });
    private static readonly JobState WithTasks = Draft.Apply(new JobEvent.Imported { Import = "i1", Tasks = 10, Gold = 2 });
    private static readonly JobState Funded = WithTasks.Apply(new JobEvent.Funded { Hold = Id<HoldId>(1), AmountMicros = 600_000 });
    private static readonly JobState Open = Funded.Apply(new JobEvent.Opened());
    private static readonly JobState Paused = Open.Apply(new JobEvent.Paused());
    private static readonly JobState Closing = Open.Apply(new JobEvent.Closing { Cancelled = false });
    private static readonly JobState GivingUp = Open.Apply(new JobEvent.Closing { Cancelled = true });
    private static readonly JobState Closed = Closing.Apply(Ended());
    private static readonly JobState Cancelled = GivingUp.Apply(Ended());

    private static readonly Dictionary<string, JobState> States = new(StringComparer.Ordinal)
    {
        ["none"] = None,
        ["draft"] = Draft,
        ["tasks"] = WithTasks,
        ["funded"] = Funded,
        ["open"] = Open,
        ["paused"] = Paused,
        ["closing"] = Closing,
        ["givingUp"] = GivingUp,
        ["closed"] = Closed,
        ["cancelled"] = Cancelled,
    };

    private static readonly Dictionary<string, Func<JobState, Outcome<JobEvent[]>>> Commands = new(StringComparer.Ordinal)
    {
        ["create"] = s => JobDecider.Create(s, Job, Requester, Spec(), "h"),
        ["createOther"] = s => JobDecider.Create(s, Job, Requester, Spec(), "other"),
        ["createForeign"] = s => JobDecider.Create(s, Job, Id<RequesterId>(2), Spec(), "h"),
        ["createInvalid"] = s => JobDecider.Create(s, Job, Requester, Spec() with { Title = "" }, "h"),
        ["change"] = s => JobDecider.Change(s, Spec() with { Title = "Another title" }),
        ["changeNothing"] = s => JobDecider.Change(s, Spec()),
        ["changeInvalid"] = s => JobDecider.Change(s, Spec() with { Title = "" }),
        ["changeSchema"] = s => JobDecider.Change(s, Spec(schema: new LabelSchema.Pairwise())),
        ["changeSchemaInvalid"] = s => JobDecider.Change(s, Spec(schema: new LabelSchema.Pairwise()) with { Title = "" }),
        ["changeCurrency"] = s => JobDecider.Change(s, Spec() with { Currency = Yen }),
        ["import"] = s => JobDecider.Import(s, [new("i2", 5, 1)]),
        ["importAgain"] = s => JobDecider.Import(s, [new("i1", 10, 2)]),
        ["importNone"] = s => JobDecider.Import(s, [new("i3", 0, 0)]),
        ["changePaidFor"] = s => JobDecider.Change(s, Spec(Policies() with { PayFor = PayFor.Reviewed })),
        ["fund"] = s => JobDecider.Fund(s, Id<HoldId>(2), 5),
        ["fundAgain"] = s => JobDecider.Fund(s, Id<HoldId>(1), 600_000),
        ["fundZero"] = s => JobDecider.Fund(s, Id<HoldId>(2), 0),
        ["open"] = JobDecider.Open,
        ["pause"] = s => JobDecider.Pause(s, "lunch"),
        ["close"] = s => JobDecider.Close(s, cancel: false),
        ["cancel"] = s => JobDecider.Close(s, cancel: true),
        ["finish"] = s => JobDecider.Finish(s, 0),
        ["exclude"] = s => JobDecider.Exclude(s, Worker(1), "spam"),
        ["readmit"] = s => JobDecider.Readmit(s, Worker(1), "a mistake"),
    };

    private static Currency Yen => Currency.TryParse("JPY", out var yen) ? yen : default;

    public static TheoryData<string, string> Table
    {
        get
        {
            // Each command with what it gives in each state, in this order.
            string[] states = ["none", "draft", "tasks", "funded", "open", "paused", "closing", "givingUp", "closed", "cancelled"];
            var rows = """
                create              Created  -        -        -        -        -        -        -        -        -
                createOther         Created  !Already !Already !Already !Already !Already !Already !Already !Already !Already
                createForeign       Created  !Already !Already !Already !Already !Already !Already !Already !Already !Already
                createInvalid       !Invalid -        -        -        -        -        -        -        -        -
                change              !NotFoun Changed  Changed  Changed  Changed  Changed  !JobStat !JobStat !JobStat !JobStat
                changeNothing       !NotFoun -        -        -        -        -        !JobStat !JobStat !JobStat !JobStat
                changeInvalid       !NotFoun !Invalid !Invalid !Invalid !Invalid !Invalid !JobStat !JobStat !JobStat !JobStat
                changeSchema        !NotFoun Changed  !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat
                changeSchemaInvalid !NotFoun !Invalid !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat
                changeCurrency      !NotFoun Changed  Changed  !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat
                import              !NotFoun Imported Imported Imported Imported Imported Imported Imported Imported Imported
                importAgain         !NotFoun Imported -        -        -        -        -        -        -        -
                importNone          !NotFoun -        -        -        -        -        -        -        -        -
                changePaidFor       !NotFoun Changed  Changed  Changed  !JobStat !JobStat !JobStat !JobStat !JobStat !JobStat
                fundAgain           !NotFoun Funded   Funded   -        -        -        -        -        -        -
                fundZero            !NotFoun !Invalid !Invalid !Invalid !Invalid !Invalid !Invalid !Invalid !Invalid !Invalid
                open                !NotFoun !JobStat !Insuffi Opened   -        Opened   !JobStat !JobStat !JobStat !JobStat
                pause               !NotFoun !JobStat !JobStat !JobStat Paused   -        !JobStat !JobStat !JobStat !JobStat
                close               !NotFoun Closing  Closing  Closing  Closing  Closing  -        !JobStat -        !JobStat
                cancel              !NotFoun Closing  Closing  Closing  Closing  Closing  !JobStat -        !JobStat -
                finish              !NotFoun !JobStat !JobStat !JobStat !JobStat !JobStat Closed   Closed   -        -
                exclude             !NotFoun WorkerEx WorkerEx WorkerEx WorkerEx WorkerEx WorkerEx WorkerEx WorkerEx WorkerEx
                readmit             !NotFoun -        -        -        -        -        -        -        -        -
                """;
            var data = new TheoryData<string, string>();
            foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var i = 0; i < states.Length; i++)
                    data.Add($"{cells[0]} {states[i]}", cells[i + 1].Trim());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_command_in_a_state_gives(string commandAndState, string expected)
    {
        var (command, state) = commandAndState.Split(' ') is [var c, var s] ? (c, s) : default;
        var outcome = Commands[command](States[state]);
        Assert.Equal(expected, Short(outcome));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_same_command_again_changes_nothing_or_is_refused_as_before(string commandAndState, string expected)
    {
        var (command, name) = commandAndState.Split(' ') is [var c, var s] ? (c, s) : default;
        var state = States[name];
        var outcome = Commands[command](state);
        foreach (var e in outcome.Value ?? [])
            state = state.Apply(e);
        Assert.Equal(expected[0] == '!' ? expected : "-", Short(Commands[command](state)));
    }

    [Fact]
    public void Gold_tasks_are_counted_apart()
    {
        Assert.Equal((8, 2), (WithTasks.Tasks, WithTasks.GoldTasks));
        var onlyGold = Draft.Apply(new JobEvent.Imported { Import = "g", Tasks = 3, Gold = 3 });
        Refused(RejectionCode.JobStatus, JobDecider.Open(onlyGold with { HeldMicros = 600_000 }));
    }

    [Fact]
    public void A_job_that_pays_nothing_opens_without_funds()
    {
        var free = WithTasks with { Spec = Spec(Policies() with { PayMicros = 0 }) };
        Only<JobEvent.Opened, JobEvent>(JobDecider.Open(free));
    }

    [Fact]
    public void Funds_for_one_answer_are_enough_to_open()
    {
        Refused(RejectionCode.InsufficientFunds, JobDecider.Open(WithTasks with { HeldMicros = 59_999 }));
        Only<JobEvent.Opened, JobEvent>(JobDecider.Open(WithTasks with { HeldMicros = 60_000 }));
    }

    [Fact]
    public void The_limit_of_tasks_counts_gold_too()
    {
        var full = Draft with { Tasks = JobDecider.TaskLimit - 3, GoldTasks = 2 };
        Assert.Null(JobDecider.MayAddTasks(full, 1));
        Assert.Equal(RejectionCode.LimitExceeded, JobDecider.MayAddTasks(full, 2)!.Code);
        Assert.Equal(RejectionCode.LimitExceeded, JobDecider.MayAddTasks(full, int.MaxValue)!.Code);
    }

    [Fact]
    public void Closing_says_what_goes_back_and_to_whom()
    {
        var closed = Only<JobEvent.Closed, JobEvent>(JobDecider.Finish(Closing, 123));
        Assert.Equal((Job, Requester, Currency.Usd, 123), (closed.Job, closed.Requester, closed.Currency, closed.ReturnedMicros));
    }

    [Fact]
    public void A_remainder_that_cannot_be_is_a_broken_invariant() => Assert.Throws<InvalidOperationException>(() => JobDecider.Finish(Closing, -1));

    [Fact]
    public void Money_that_comes_after_the_end_goes_back_unless_it_went_with_the_rest()
    {
        var events = JobDecider.FundAfterEnd(Closed, Id<HoldId>(2), 5, leftMicros: 5).Value!;
        Assert.Equal([new JobEvent.Funded { Hold = Id<HoldId>(2), AmountMicros = 5 }, new JobEvent.HoldReturned { Job = Job, Requester = Requester, Hold = Id<HoldId>(2), Currency = Currency.Usd, AmountMicros = 5 }], events);
        Only<JobEvent.Funded, JobEvent>(JobDecider.FundAfterEnd(Closed, Id<HoldId>(2), 5, leftMicros: 0));
        Nothing(JobDecider.FundAfterEnd(Closed, Id<HoldId>(1), 600_000, leftMicros: 0));
    }

    [Fact]
    public void Only_its_requester_funds_a_job_in_its_currency_before_its_end()
    {
        Assert.Null(JobDecider.MayFund(Draft, Requester, Currency.Usd));
        Assert.Equal(RejectionCode.NotFound, JobDecider.MayFund(None, Requester, Currency.Usd)!.Code);
        Assert.Equal(RejectionCode.NotFound, JobDecider.MayFund(Open, Id<RequesterId>(2), Currency.Usd)!.Code);
        Assert.Equal(RejectionCode.JobStatus, JobDecider.MayFund(Closing, Requester, Currency.Usd)!.Code);
        Assert.Equal(RejectionCode.Invalid, JobDecider.MayFund(Open, Requester, Yen)!.Code);
    }

    [Fact]
    public void An_excluded_worker_can_be_readmitted()
    {
        var excluded = Open.Apply(Only<JobEvent.WorkerExcluded, JobEvent>(JobDecider.Exclude(Open, Worker(1), "spam")));
        Nothing(JobDecider.Exclude(excluded, Worker(1), "again"));
        var readmitted = excluded.Apply(Only<JobEvent.WorkerReadmitted, JobEvent>(JobDecider.Readmit(excluded, Worker(1), "a mistake")));
        Assert.Empty(readmitted.Excluded);
    }

    private static JobEvent.Closed Ended() => new() { Job = Job, Requester = Requester, Currency = Currency.Usd, ReturnedMicros = 0 };

    private static string Short(Outcome<JobEvent[]> outcome)
    {
        var name = outcome.Accepted ? outcome.Value.Length == 0 ? "-" : Assert.Single(outcome.Value).GetType().Name : "!" + outcome.Rejection.Code;
        return name.Length > 8 ? name[..8] : name;
    }

    [Fact]
    public void How_machines_take_part_is_said_by_its_own_command_alone()
    {
        var created = Assert.IsType<JobEvent.Created>(Assert.Single(JobDecider.Create(None, Job, Requester, Spec() with { Loop = new() { Version = 3 } }, "h").Value!));
        Assert.Null(created.Spec.Loop);
    }
}
