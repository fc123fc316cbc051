using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>Queries about what machines do in jobs.</summary>
public static class LoopQueries
{
    /// <summary>Most model versions that are listed.</summary>
    private const int MostModels = 1_000;

    /// <summary>One decision, for members of the job's organisation and quality managers.</summary>
    public static async Task<DecisionView> GetDecisionAsync(DecisionId id, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var decision = await reads.FirstAsync<DecisionView>($"select {DecisionView.Columns} from decisions where decision_id = @id", new { id = id.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such decision, or you may not see it");
        await jobs.ForReaderAsync(decision.Job, caller, cancellationToken);
        return decision;
    }

    /// <summary>A job's decisions by id, of one status or of all.</summary>
    public static async Task<Connection<DecisionView>> GetGateDecisionsAsync(
        JobId job, DecisionStatus? status, int? first, string? after, int? last, string? before, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        return await ReadAsync("job_id = @job" + Filter(status), new { job = job.Value }, Page.From(first, after, last, before), reads, cancellationToken);
    }

    /// <summary>Decisions of all jobs that wait for a quality manager: held by a rule or a veto, or escalated. For quality managers.</summary>
    public static async Task<Connection<DecisionView>> GetWaitingDecisionsAsync(
        int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        return await ReadAsync("status in ('held', 'escalated') and (waits_for = 'hold' or status = 'escalated')", null, Page.From(first, after, last, before), reads, cancellationToken);
    }

    /// <summary>A job's model versions, with what they were measured at.</summary>
    public static async Task<IReadOnlyList<ModelView>> GetModelsAsync(JobId job, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        return await reads.ListAsync<ModelView>(
            $"select {ModelView.Columns} from models where job_id = @job order by model, model_version limit {MostModels}", new { job = job.Value }, cancellationToken);
    }

    /// <summary>What a policy would have done with the predictions there are, what people's answers would cost, and how often people contradict what it would accept.</summary>
    public static async Task<PreviewView> PreviewLoopAsync(
        JobId job, LoopPolicyInput policy, Caller caller, IGrainFactory grains, IJournal journal, JobReads jobs, CancellationToken cancellationToken)
    {
        var found = await jobs.ForReaderAsync(job, caller, cancellationToken);
        var wanted = policy.ToDomain();
        if (wanted.Check(found.Specification.Schema) is { Count: > 0 } wrong)
            throw Refusals.Of(Reject.Invalid(wrong));
        return PreviewView.Of(await RoutingPreview.RunAsync(journal, grains, job, found.Specification, wanted));
    }

    /// <summary>What <c>applyRules</c> would change: how many tasks that nobody has begun with go another way by the job's rules as they are now. For those who may see the job.</summary>
    public static async Task<AppliedRulesView> PreviewApplyRulesAsync(
        JobId job, Caller caller, IGrainFactory grains, IJournal journal, JobReads jobs, CancellationToken cancellationToken)
    {
        var found = await jobs.ForReaderAsync(job, caller, cancellationToken);
        return AppliedRulesView.Of(await RuleApplication.RunAsync(journal, grains, job, found.Specification, preview: true));
    }

    private static string Filter(DecisionStatus? status) => status is { } s ? $" and status = '{s.ToString().ToLowerInvariant()}'" : "";

    private static async Task<Connection<DecisionView>> ReadAsync(string where, object? filters, Page page, Reads reads, CancellationToken cancellationToken)
    {
        var parameters = new Dapper.DynamicParameters(filters);
        parameters.Add("cursor", page.Cursor);
        parameters.Add("limit", page.Limit);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var rows = await reads.ListAsync<DecisionView>(
            $"select {DecisionView.Columns} from decisions where {where}{(page.Cursor is null ? "" : $" and decision_id {compare} @cursor")} order by decision_id {order} limit @limit",
            parameters, cancellationToken);
        return page.Of(rows, d => d.DecisionId, async token => (int)await reads.FirstAsync<long>($"select count(*) from decisions where {where}", filters, token));
    }
}
