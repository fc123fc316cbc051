using Crowd.Domain;

namespace Crowd.Marketplace.Workers;

/// <summary>One worker: standing, qualifications, overrides and payouts. Key: the worker's id.</summary>
public interface IWorkerGrain : IGrainWithStringKey
{
    Task<Outcome<WorkerId>> RegisterAsync(PersonId person, string actor);

    Task<WorkerStanding> GetStandingAsync();

    Task<Outcome<Done>> GrantAsync(string qualification, string reason, string actor);

    Task<Outcome<Done>> RevokeAsync(string qualification, string reason, string actor);

    Task<Outcome<Done>> SuspendAsync(DateTimeOffset until, string reason, string actor);

    Task<Outcome<Done>> LiftSuspensionAsync(string reason, string actor);

    /// <summary>Puts a quality manager's reliability in the place of the measured one, for a job or for all.</summary>
    Task<Outcome<Done>> OverrideReliabilityAsync(JobId? job, double value, string reason, string actor);

    Task<Outcome<Done>> ClearReliabilityAsync(JobId? job, string reason, string actor);

    /// <summary>Begins a try of an exam; while one is under way it is given again.</summary>
    Task<Outcome<ExamRecord>> BeginExamAsync(ExamId exam, string actor);

    /// <summary>Ends the try under way; a pass grants the qualification.</summary>
    /// <param name="exam">The exam.</param>
    /// <param name="answers">In the order of the questions; null for one that was left out.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<WorkerEvent.ExamGraded>> SubmitExamAsync(ExamId exam, IReadOnlyList<Answer?> answers, string actor);

    /// <summary>Puts earned money aside and has it paid out. The same payout again changes nothing.</summary>
    /// <param name="payout">The payout's id, made by the caller.</param>
    /// <param name="amountMicros">What is asked for; null for all that is available.</param>
    /// <param name="currency">The currency of the account.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<PayoutId>> RequestPayoutAsync(PayoutId payout, long? amountMicros, Currency currency, string actor);

    /// <summary>Has earned money paid out if the worker's schedule asks for it now.</summary>
    Task PayOutIfDueAsync();

    /// <summary>Sets when earned money is paid out by itself; null for never.</summary>
    Task<Outcome<Done>> SchedulePayoutsAsync(PayoutSchedule? schedule, string actor);

    /// <summary>Opens the worker's account at the payment provider. A second time changes nothing.</summary>
    /// <param name="email">The worker's address, for the provider; not kept here.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<Done>> OpenPayeeAsync(string email, string country, string actor);

    /// <summary>An address for one use where the worker goes on with the account.</summary>
    Task<Outcome<Uri>> OnboardAsync(Uri returnTo, Uri refreshTo);

    /// <summary>Asks the provider whether the account can be paid to; false when it did not say.</summary>
    Task<bool> RefreshPayeeAsync();

    /// <summary>Notes the end of a payout.</summary>
    Task EndPayoutAsync(PayoutId payout, bool paid);
}
