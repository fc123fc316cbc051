using Crowd.Domain;

namespace Crowd.Marketplace.Requesters;

/// <summary>One organisation: its members, its funds, what it has put aside for jobs. Key: the requester's id.</summary>
public interface IRequesterGrain : IGrainWithStringKey
{
    Task<Outcome<RequesterId>> RegisterAsync(string name, PersonId owner, string actor);

    Task<Outcome<Done>> SetMemberAsync(PersonId person, MemberRole role, string actor);

    Task<Outcome<Done>> RemoveMemberAsync(PersonId person, string actor);

    /// <summary>Takes money in through the payment provider. The same top-up again changes nothing.</summary>
    Task<Outcome<Done>> TopUpAsync(TopUpId topUp, Money amount, string actor);

    /// <summary>Puts money aside for a job and has it arrive in the job's escrow. The same hold again changes nothing.</summary>
    Task<Outcome<Done>> FundJobAsync(HoldId hold, JobId job, Money amount, string actor);

    /// <summary>Takes back what a job did not spend; the ledger has moved it already.</summary>
    /// <param name="job">The job.</param>
    /// <param name="amount">How much.</param>
    /// <param name="hold">The hold that reached the job after its end; null for what was left when it closed.</param>
    Task ReturnFundsAsync(JobId job, Money amount, HoldId? hold);

    /// <summary>Makes a job, once for each key.</summary>
    /// <param name="key">The requester's own key for the job.</param>
    /// <param name="spec">The specification.</param>
    /// <param name="contentHash">Hash of the specification.</param>
    /// <param name="job">The id to use if the key is new.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<JobId>> CreateJobAsync(string key, JobSpec spec, string contentHash, JobId job, string actor);
}
