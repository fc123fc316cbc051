using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Payments;
using Crowd.Payments;

namespace Crowd.Api.Payments;

/// <summary>What is made to happen in the sandbox, where no money is real. For administrators.</summary>
public static class SandboxMutations
{
    /// <summary>
    /// Makes something happen to a top-up, as if the payment provider had told of it: only with the sandbox, where no money is real. What follows is done a little later. The same
    /// again changes nothing and gives false.
    /// </summary>
    /// <param name="what">Paid, declined and expired are for a top-up that waits (setting Crowd:SandboxCheckout); a dispute is of one that was paid.</param>
    public static async Task<bool> PlaySandboxAsync(
        TopUpId topUp, SandboxHappening what, Caller caller, IPaymentProvider payments, IGrainFactory grains, Reads reads, TimeProvider time, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        if (payments is not SandboxPayments sandbox)
            throw new GraphQLException("Only the sandbox can be told what happens: here it is the payment provider that says it.", "NOT_EXPECTED");
        var row = await reads.FirstAsync<TopUpView>($"select {TopUpView.Columns} from top_ups where top_up_id = @id", new { id = topUp.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such top-up");
        _ = Currency.TryParse(row.Currency, out var currency);
        var received = sandbox.Happen(what, topUp, RequesterId.From(row.RequesterId), new(row.Amount, currency), time.GetUtcNow());
        return await grains.GetGrain<IInboxGrain>(ProviderKeys.Event(payments.Name, received.Event.Id)).ReceiveAsync(received, fetched: false);
    }
}
