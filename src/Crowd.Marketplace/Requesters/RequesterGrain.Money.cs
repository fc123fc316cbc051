using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Requesters;

/// <content>Top-ups, refunds, disputes and bonuses.</content>
internal sealed partial class RequesterGrain
{
    private const string System = "system";

    private static readonly string[] Answered = ["submitted", "accepted", "rejected"];

    public Task<Outcome<bool>> MayTopUpAsync(TopUpId topUp, Money amount) => Task.FromResult(RequesterDecider.MayTopUp(State, topUp, amount));

    public Task CreditAsync(TopUpId topUp, Money amount, string payment) => DecideAsync(RequesterDecider.Credit(State, topUp, amount, payment), System, Log.Now);

    public Task<Outcome<RefundId>> RefundAsync(RefundId refund, TopUpId topUp, long amountMicros, string actor)
    {
        var currency = State.TopUps.TryGetValue(topUp, out var paid) ? paid.Currency : Currency.Usd; // of a top-up that is not known nothing more is asked
        return DecideAsync(RequesterDecider.RequestRefund(State, refund, topUp, new(amountMicros, currency)), actor, Log.Now, () => refund);
    }

    public Task ReturnRefundAsync(RefundId refund, string reason, string? reference) =>
        DecideAsync(RequesterDecider.ReturnRefund(State, refund, reason, reference), System, Log.Now);

    public Task<Outcome<Done>> HearDisputeAsync(string dispute, TopUpId topUp, Money amount, DisputePhase phase, string reason) =>
        DecideAsync(RequesterDecider.Dispute(State, dispute, topUp, amount, phase, reason), System, Log.Now);

    public async Task<Outcome<BonusId>> PayBonusAsync(BonusId bonus, JobId job, WorkerId worker, long amountMicros, string reason, string actor)
    {
        var row = await Log.Journal.ReadRowAsync(JobsTable.Table, [job.Value], CancellationToken.None);
        if (row is null || row.Columns[JobsTable.RequesterId].Text != Stream)
            return Reject.NotFound("such job of yours");
        if (!await HasAnsweredAsync(job, worker))
            return Reject.NotFound($"answer of {worker} on this job");
        var spec = JsonSerializer.Deserialize(row.Columns[JobsTable.Spec].Text, DomainJson.Default.JobSpec)!;
        var paid = RequesterDecider.PayBonus(State, bonus, job, worker, new(amountMicros, spec.Currency), spec.Policies.FeeBasisPoints, reason);
        return await DecideAsync(paid, actor, Log.Now, () => bonus);
    }

    private async Task<bool> HasAnsweredAsync(JobId job, WorkerId worker)
    {
        foreach (var status in Answered)
        {
            var rows = await Log.Journal.ReadRowsAsync(
                new(AssignmentsTable.Table) { Where = [("job_id", job.Value), ("worker_id", worker.Value), ("status", status)], Limit = 1 }, CancellationToken.None);
            if (rows.Count > 0)
                return true;
        }

        return false;
    }
}
