using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Requesters;

/// <inheritdoc cref="IRequesterGrain"/>
internal sealed partial class RequesterGrain(EventLog log) : EventSourcedGrain<RequesterState, RequesterEvent>(log), IRequesterGrain
{
    protected override RequesterState Initial => new();

    protected override JsonTypeInfo<RequesterState> StateJson => DomainJson.Default.RequesterState;

    private RequesterId Id => RequesterId.From(Stream);

    public Task<Outcome<RequesterId>> RegisterAsync(string name, PersonId owner, string actor) =>
        DecideAsync(RequesterDecider.Register(State, Id, name, owner), actor, Log.Now, () => Id);

    public Task<Outcome<Done>> SetMemberAsync(PersonId person, MemberRole role, string actor) =>
        DecideAsync(RequesterDecider.SetMember(State, person, role), actor, Log.Now);

    public Task<Outcome<Done>> RemoveMemberAsync(PersonId person, string actor) =>
        DecideAsync(RequesterDecider.RemoveMember(State, person), actor, Log.Now);

    public async Task<Outcome<Done>> FundJobAsync(HoldId hold, JobId job, Money amount, string actor)
    {
        var decided = RequesterDecider.Hold(State, hold, job, amount);
        if (!decided.Accepted)
            return decided.Rejection;
        var target = GrainFactory.GetGrain<IJobGrain>(job.Value);
        if (decided.Value.Length > 0 && await target.MayFundAsync(Id, amount.Currency) is { Accepted: false } refused)
            return refused;
        await CommitAsync(decided.Value, actor, Log.Now);

        // The reactor of held funds does the same, should the server stop here; the job takes a hold once.
        return await target.ReceiveFundsAsync(hold, amount.Micros, actor);
    }

    public Task ReturnFundsAsync(JobId job, Money amount, HoldId? hold) => DecideAsync(RequesterDecider.Return(State, job, amount, hold), "system", Log.Now);

    public async Task<Outcome<JobId>> CreateJobAsync(string key, JobSpec spec, string contentHash, JobId job, string actor)
    {
        if (spec.Check() is { Count: > 0 } wrong)
            return Reject.Invalid(wrong);
        var registered = await DecideAsync(RequesterDecider.RegisterJob(State, key, contentHash, job), actor, Log.Now);
        return registered.Accepted
            ? await GrainFactory.GetGrain<IJobGrain>(State.Jobs[key].Job.Value).CreateAsync(Id, spec, contentHash, actor)
            : registered.Rejection;
    }

    protected override RequesterState Apply(RequesterState state, RequesterEvent e, DateTimeOffset at) => state.Apply(e);
}
