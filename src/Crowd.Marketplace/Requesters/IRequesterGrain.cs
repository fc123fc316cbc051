using Crowd.Domain;

namespace Crowd.Marketplace.Requesters;

/// <summary>One organisation: its members, its funds, what it has put aside for jobs. Key: the requester's id.</summary>
public interface IRequesterGrain : IGrainWithStringKey
{
    Task<Outcome<RequesterId>> RegisterAsync(string name, PersonId owner, string actor);

    Task<Outcome<Done>> SetMemberAsync(PersonId person, MemberRole role, string actor);

    Task<Outcome<Done>> RemoveMemberAsync(PersonId person, string actor);

    /// <summary>Whether a top-up may begin: false when it was credited already.</summary>
    Task<Outcome<bool>> MayTopUpAsync(TopUpId topUp, Money amount);

    /// <summary>Credits a top-up that was paid. A second time changes nothing.</summary>
    /// <param name="topUp">The top-up.</param>
    /// <param name="amount">What was paid.</param>
    /// <param name="payment">The provider's id of the payment.</param>
    Task CreditAsync(TopUpId topUp, Money amount, string payment);

    /// <summary>Puts unused money of a top-up aside and has it go back to whom it came from. The same refund again changes nothing.</summary>
    Task<Outcome<RefundId>> RefundAsync(RefundId refund, TopUpId topUp, long amountMicros, string actor);

    /// <summary>Takes back a refund that came to nothing.</summary>
    /// <param name="refund">The refund.</param>
    /// <param name="reason">Why.</param>
    /// <param name="reference">The provider's id of it when it had left; null when it never did.</param>
    Task ReturnRefundAsync(RefundId refund, string reason, string? reference);

    /// <summary>Takes in where a dispute of a top-up stands; refused as long as the top-up is not credited.</summary>
    Task<Outcome<Done>> HearDisputeAsync(string dispute, TopUpId topUp, Money amount, DisputePhase phase, string reason);

    /// <summary>Pays a worker of a job more than the price of the answers. The same bonus again changes nothing.</summary>
    Task<Outcome<BonusId>> PayBonusAsync(BonusId bonus, JobId job, WorkerId worker, long amountMicros, string reason, string actor);

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

    /// <summary>Makes a webhook with its secret, or changes one. The same again changes nothing.</summary>
    /// <param name="secret">What its deliveries are signed with; null to keep the one it has.</param>
    Task<Outcome<Done>> SetWebhookAsync(WebhookId webhook, string url, IReadOnlyList<string> types, string? secret, string actor);

    /// <summary>Stops sending to the webhook.</summary>
    Task<Outcome<Done>> DisableWebhookAsync(WebhookId webhook, string reason, string actor);

    /// <summary>Sends to the webhook again.</summary>
    Task<Outcome<Done>> EnableWebhookAsync(WebhookId webhook, string actor);

    /// <summary>Has the events above the position sent again.</summary>
    Task<Outcome<Done>> ReplayWebhookAsync(WebhookId webhook, long afterPosition, string actor);

    /// <summary>Has deliveries signed with the secret from now on.</summary>
    Task<Outcome<Done>> ReplaceWebhookSecretAsync(WebhookId webhook, string secret, string actor);

    Task<Outcome<Done>> RemoveWebhookAsync(WebhookId webhook, string actor);
}
