using System.Security.Cryptography;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Requesters;

namespace Crowd.Api.Jobs;

/// <summary>What a requester says of a job.</summary>
/// <param name="Title">Shown in the marketplace; 3 to 200 characters.</param>
/// <param name="Schema">What an answer may be.</param>
/// <param name="Policies">How answers are bought, checked and paid.</param>
/// <param name="Instructions">Shown to workers; Markdown.</param>
/// <param name="Currency">Of all amounts; USD by default.</param>
/// <param name="Examples">Shown to workers beside the instructions; at most 10.</param>
[GraphQLName("JobInput")]
public sealed record JobInput(
    string Title, SchemaInput Schema, PoliciesInput Policies, string Instructions = "", string Currency = "USD", IReadOnlyList<JobExampleInput>? Examples = null)
{
    internal JobSpec ToDomain() => new()
    {
        Title = Title,
        Instructions = Instructions,
        Examples = Examples is { Count: > 0 } given ? new(given.Select(e => new JobExample { Input = e.Input, Answer = e.Answer.ToDomain(), Why = e.Why })) : null,
        Schema = Schema.ToDomain(),
        Policies = Policies.ToDomain(),
        Currency = Domain.Currency.TryParse(Currency, out var currency) ? currency : throw Refusals.Invalid($"'{Currency}' is not a currency: give three letters of ISO 4217."),
    };
}

/// <summary>Mutations of jobs, for members of the organisation.</summary>
public static class JobMutations
{
    /// <summary>Makes a job as a draft. The same key with the same content gives the same job again.</summary>
    /// <param name="key">The requester's own key for the job; without one every call makes a new job.</param>
    public static async Task<Job> CreateJobAsync(
        RequesterId requester, JobInput job, string? key, Caller caller, IGrainFactory grains, IIdSource ids, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Editor);
        return await MakeAsync(requester, job.ToDomain(), key, caller, grains, ids, jobs, cancellationToken);
    }

    /// <summary>Replaces the specification. A new price holds for tasks given out from now on; the label schema stays once tasks were added.</summary>
    public static Task<Job> ChangeJobAsync(JobId id, JobInput job, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(id, MemberRole.Editor, caller, jobs, grains, g => g.ChangeAsync(job.ToDomain(), caller.Actor), cancellationToken);

    /// <summary>Changes what an answer is paid, for tasks given out from now on.</summary>
    public static async Task<Job> ChangePriceAsync(JobId id, long payMicros, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken)
    {
        var job = await jobs.ForMemberAsync(id, caller, MemberRole.Editor, cancellationToken);
        var spec = job.Specification;
        (await grains.GetGrain<IJobGrain>(id.Value).ChangeAsync(spec with { Policies = spec.Policies with { PayMicros = payMicros } }, caller.Actor)).OrThrow();
        return await jobs.ForReaderAsync(id, caller, cancellationToken);
    }

    /// <summary>Makes a draft with the specification of a job of the organisation, without its tasks, its money and what machines may do in it.</summary>
    /// <param name="title">The draft's title; null for the job's own.</param>
    /// <param name="key">As for <c>createJob</c>.</param>
    public static async Task<Job> CloneJobAsync(
        JobId id, string? title, string? key, Caller caller, IGrainFactory grains, IIdSource ids, JobReads jobs, CancellationToken cancellationToken)
    {
        var job = await jobs.ForMemberAsync(id, caller, MemberRole.Editor, cancellationToken);
        return await MakeAsync(job.Requester, job.Specification with { Title = title ?? job.Title, Loop = null }, key, caller, grains, ids, jobs, cancellationToken);
    }

    /// <summary>Lets workers take tasks.</summary>
    public static Task<Job> OpenJobAsync(JobId id, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(id, MemberRole.Editor, caller, jobs, grains, g => g.OpenAsync(caller.Actor), cancellationToken);

    /// <summary>Stops giving out tasks; what workers hold they may still submit.</summary>
    public static Task<Job> PauseJobAsync(JobId id, string? reason, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(id, MemberRole.Editor, caller, jobs, grains, g => g.PauseAsync(reason, caller.Actor), cancellationToken);

    /// <summary>Ends the job: what workers hold they may still submit, tasks with answers are decided, the rest of the escrow goes back.</summary>
    public static Task<Job> CloseJobAsync(JobId id, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(id, MemberRole.Editor, caller, jobs, grains, g => g.CloseAsync(cancel: false, caller.Actor), cancellationToken);

    /// <summary>Gives the job up: submitted answers are paid, nothing more is decided, the rest of the escrow goes back.</summary>
    public static Task<Job> CancelJobAsync(JobId id, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(id, MemberRole.Editor, caller, jobs, grains, g => g.CloseAsync(cancel: true, caller.Actor), cancellationToken);

    /// <summary>Puts money of the organisation into the job's escrow. The same hold again changes nothing.</summary>
    /// <param name="hold">An id made by the caller (<c>hold_</c> and 26 characters), so that a repeated call has one effect; without one every call holds anew.</param>
    public static async Task<Job> FundJobAsync(
        JobId id, long amountMicros, HoldId? hold, Caller caller, IGrainFactory grains, IIdSource ids, JobReads jobs, CancellationToken cancellationToken)
    {
        var job = await jobs.ForMemberAsync(id, caller, MemberRole.Owner, cancellationToken);
        (await grains.GetGrain<IRequesterGrain>(job.RequesterId)
            .FundJobAsync(hold ?? ids.Next<HoldId>(), id, new(amountMicros, job.Specification.Currency), caller.Actor)).OrThrow();
        return await jobs.ForReaderAsync(id, caller, cancellationToken);
    }

    /// <summary>Gives a worker no more tasks of this job. Quality managers may do so too.</summary>
    public static async Task<bool> ExcludeWorkerAsync(
        JobId id, WorkerId worker, string reason, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken)
    {
        await RequireRunnerAsync(id, caller, jobs, cancellationToken);
        (await grains.GetGrain<IJobGrain>(id.Value).ExcludeAsync(worker, reason, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>Lets an excluded worker work on the job again. Quality managers may do so too.</summary>
    public static async Task<bool> ReadmitWorkerAsync(
        JobId id, WorkerId worker, string reason, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken)
    {
        await RequireRunnerAsync(id, caller, jobs, cancellationToken);
        (await grains.GetGrain<IJobGrain>(id.Value).ReadmitAsync(worker, reason, caller.Actor)).OrThrow();
        return true;
    }

    private static async Task<Job> MakeAsync(
        RequesterId requester, JobSpec spec, string? key, Caller caller, IGrainFactory grains, IIdSource ids, JobReads jobs, CancellationToken cancellationToken)
    {
        var id = ids.Next<JobId>();
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(spec, DomainJson.Default.JobSpec)));
        var made = (await grains.GetGrain<IRequesterGrain>(requester.Value).CreateJobAsync(key ?? id.Value, spec, hash, id, caller.Actor)).OrThrow();
        return await jobs.ForReaderAsync(made, caller, cancellationToken);
    }

    private static async Task RequireRunnerAsync(JobId id, Caller caller, JobReads jobs, CancellationToken cancellationToken)
    {
        var job = await jobs.ForReaderAsync(id, caller, cancellationToken);
        if (!caller.IsQualityManager)
            caller.RequireMember(job.Requester, MemberRole.Editor);
    }

    private static async Task<Job> DoAsync(
        JobId id, MemberRole least, Caller caller, JobReads jobs, IGrainFactory grains, Func<IJobGrain, Task<Outcome<Done>>> change, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(id, caller, least, cancellationToken);
        (await change(grains.GetGrain<IJobGrain>(id.Value))).OrThrow();
        return await jobs.ForReaderAsync(id, caller, cancellationToken);
    }
}
