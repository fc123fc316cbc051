namespace Crowd.Domain.Tests;

/// <summary>Things to test with: fixed, and numbered where several are needed.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly JobId Job = Id<JobId>(1);

    public static readonly TaskId TheTask = Id<TaskId>(1);

    public static readonly RequesterId Requester = Id<RequesterId>(1);

    public static readonly PersonId Person = Id<PersonId>(1);

    public static readonly LabelSchema.SingleChoice Animals = new() { Labels = ["cat", "dog", "owl"] };

    public static readonly Answer Cat = new Answer.Choice("cat");

    public static readonly Answer Dog = new Answer.Choice("dog");

    public static readonly Answer Owl = new Answer.Choice("owl");

    public static T Id<T>(int number)
        where T : struct, IId<T> => T.From(IdText.Write(T.Prefix, (UInt128)(uint)number));

    public static WorkerId Worker(int number) => Id<WorkerId>(number);

    public static Money Usd(long micros) => new(micros, Currency.Usd);

    /// <summary>3 to 5 answers at 0.9, 0.05 a right answer and 20 % fee.</summary>
    public static JobPolicies Policies(int min = 3, int max = 5, PayFor payFor = PayFor.Agreeing, WhenUnsettled whenUnsettled = WhenUnsettled.Decide) => new()
    {
        PayMicros = 50_000,
        PayFor = payFor,
        WhenUnsettled = whenUnsettled,
        Redundancy = new() { MinAnswers = min, MaxAnswers = max },
    };

    public static JobSpec Spec(JobPolicies? policies = null, LabelSchema? schema = null) =>
        new() { Title = "What is in the picture?", Schema = schema ?? Animals, Policies = policies ?? Policies() };

    /// <summary>The worker known by experience: so many right of so many judged.</summary>
    public static Trust Trust(double right = 0, double judged = 0) => new(right, judged, null);

    /// <summary>The only event of an accepted command.</summary>
    public static TEvent Only<TEvent, TBase>(Outcome<TBase[]> outcome)
        where TEvent : TBase
    {
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        return Assert.IsType<TEvent>(Assert.Single(outcome.Value));
    }

    public static void Nothing<T>(Outcome<T[]> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        Assert.Empty(outcome.Value);
    }

    public static Rejection Refused<T>(RejectionCode code, Outcome<T[]> outcome)
    {
        Assert.False(outcome.Accepted, "It was accepted.");
        Assert.Equal(code, outcome.Rejection.Code);
        Assert.False(string.IsNullOrWhiteSpace(outcome.Rejection.Message));
        return outcome.Rejection;
    }
}
