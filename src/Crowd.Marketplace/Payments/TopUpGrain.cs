using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Requesters;

namespace Crowd.Marketplace.Payments;

/// <inheritdoc cref="ITopUpGrain"/>
internal sealed class TopUpGrain(EventLog log, IPaymentProvider payments) : EventSourcedGrain<TopUpState, TopUpEvent>(log), ITopUpGrain
{
    private const string System = "system";

    protected override TopUpState Initial => new();

    protected override JsonTypeInfo<TopUpState> StateJson => DomainJson.Default.TopUpState;

    private TopUpId Id => TopUpId.From(Stream);

    public async Task<Outcome<TopUpStanding>> StartAsync(RequesterId requester, Money amount, Uri returnTo, string actor)
    {
        var may = await GrainFactory.GetGrain<IRequesterGrain>(requester.Value).MayTopUpAsync(Id, amount);
        if (!may.Accepted)
            return may.Rejection;
        if (!may.Value)
            return new TopUpStanding(Id, TopUpStatus.Paid, null);
        var started = TopUpDecider.Start(State, Id, requester, amount, returnTo);
        if (!started.Accepted)
            return started.Rejection;

        // Durable before the provider is asked: whatever happens from here on, it is asked again under the same id.
        await CommitAsync(started.Value, actor, Log.Now);
        await ResumeAsync();
        return State.Status switch
        {
            TopUpStatus.GivenUp => Reject.With(RejectionCode.InsufficientFunds, $"The payment was refused: {State.Reason}"),
            TopUpStatus.Started => Reject.With(RejectionCode.OutcomeUnknown, "Whether the payment went through is not known yet: it is asked for by itself; the same call with the same id asks, too."),
            _ => new TopUpStanding(Id, State.Status, State.PayAt),
        };
    }

    public async Task ResumeAsync()
    {
        if (State.Status == TopUpStatus.Started)
        {
            var outcome = await payments.CollectAsync(Id, State.Requester, State.Amount, State.ReturnTo!, State.StartedAt, CancellationToken.None);
            await CommitAsync(TopUpDecider.Conclude(State, outcome), System, Log.Now);
        }

        await CreditAsync();
    }

    public async Task<bool> PaidAsync(string payment, Money amount)
    {
        await CommitAsync(TopUpDecider.Pay(State, payment, amount), System, Log.Now);
        await CreditAsync();
        return State.Status != TopUpStatus.None;
    }

    public async Task<bool> FailedAsync(string? reason)
    {
        await CommitAsync(reason is null ? TopUpDecider.Expire(State) : TopUpDecider.Fail(State, reason), System, Log.Now);
        return State.Status != TopUpStatus.None;
    }

    protected override TopUpState Apply(TopUpState state, TopUpEvent e, DateTimeOffset at) => state.Apply(e, at);

    /// <summary>The reactor of paid top-ups does the same, should the server stop before; the requester takes a top-up once.</summary>
    private Task CreditAsync() => State.Status == TopUpStatus.Paid
        ? GrainFactory.GetGrain<IRequesterGrain>(State.Requester.Value).CreditAsync(Id, State.Amount, State.Payment!)
        : Task.CompletedTask;
}
