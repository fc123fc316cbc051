using Crowd.Domain;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Jobs;

/// <summary>One job: its life, its money, its queue of open tasks and who gets what next. Key: the job's id.</summary>
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Most tasks that are added at once: 5,000. They are committed together; more would make a large import a little faster and everybody else's commits wait longer.
    /// </summary>
    const int MostDrafts = 5 * TasksAdded.MaxTasks;

    /// <summary>Makes the job as a draft. The same command again changes nothing.</summary>
    Task<Outcome<JobId>> CreateAsync(RequesterId requester, JobSpec spec, string contentHash, string actor);

    /// <summary>Replaces the specification.</summary>
    Task<Outcome<Done>> ChangeAsync(JobSpec spec, string actor);

    /// <summary>The specification as it is now.</summary>
    [AlwaysInterleave]
    Task<JobSpec> GetSpecAsync();

    /// <summary>What others need to know of the job.</summary>
    [AlwaysInterleave]
    Task<JobSight> GetSightAsync();

    /// <summary>Replaces how machines take part.</summary>
    Task<Outcome<Done>> ChangeLoopAsync(LoopPolicy loop, string actor);

    /// <summary>Whether the requester may put money of the currency into the escrow now.</summary>
    Task<Outcome<Done>> MayFundAsync(RequesterId requester, Currency currency);

    /// <summary>
    /// Adds tasks, a part of an import. A task whose external id is there already with the same content is passed over; with other content it is refused.
    /// </summary>
    /// <param name="import">Name of the import.</param>
    /// <param name="drafts">At most <see cref="MostDrafts"/>.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<AddedTasks>> AddTasksAsync(string import, IReadOnlyList<TaskDraft> drafts, string actor);

    /// <summary>Takes money of the requester into the escrow. The same hold again changes nothing.</summary>
    Task<Outcome<Done>> ReceiveFundsAsync(HoldId hold, long amountMicros, string actor);

    Task<Outcome<Done>> OpenAsync(string actor);

    Task<Outcome<Done>> PauseAsync(string? reason, string actor);

    /// <summary>Begins to end the job; it has ended when leases are over and answers settled.</summary>
    Task<Outcome<Done>> CloseAsync(bool cancel, string actor);

    /// <summary>
    /// Brings the worker's leases on this job up to the count and gives them all. Asking again gives the same leases, so a lost reply does no harm.
    /// </summary>
    Task<Outcome<IReadOnlyList<Lease>>> RequestWorkAsync(WorkerId worker, int count, string actor);

    /// <summary>Hears from a task where it stands.</summary>
    [AlwaysInterleave]
    Task ObserveAsync(TaskProgress progress);

    /// <summary>Reserves money in the escrow for an appeal that is about to be upheld; false when it is not there.</summary>
    [AlwaysInterleave]
    Task<bool> ReserveAsync(AssignmentId appeal, long micros);

    Task<Outcome<Done>> ExcludeAsync(WorkerId worker, string reason, string actor);

    Task<Outcome<Done>> ReadmitAsync(WorkerId worker, string reason, string actor);

    /// <summary>Hears that a task was made gold or retired; reads from the tables what it is now, so that hearing it twice does no harm.</summary>
    Task GoldChangedAsync(TaskId task);

    /// <summary>Makes sure that the job is active, so that leases end and a closing job comes to its end.</summary>
    Task WakeAsync();
}

/// <summary>What others need to know of a job.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Requester">Whose it is.</param>
/// <param name="Spec">Its specification; null when there is no such job.</param>
public sealed record JobSight(JobStatus Status, RequesterId Requester, JobSpec? Spec);

/// <summary>A task that a worker has now.</summary>
/// <param name="Assignment">The assignment; it names the task.</param>
/// <param name="Until">End of the lease.</param>
/// <param name="PayMicros">Pay for an accepted answer.</param>
public sealed record Lease(AssignmentId Assignment, DateTimeOffset Until, long PayMicros);

/// <summary>A task as it comes in, checked against the job's schema.</summary>
public sealed record TaskDraft
{
    public required string ExternalId { get; init; }

    /// <summary>The input's JSON.</summary>
    public required string Input { get; init; }

    /// <summary>SHA-256 of the input's JSON in lower case hexadecimal.</summary>
    public required string InputHash { get; init; }

    public int Priority { get; init; }

    public Answer? Gold { get; init; }

    public System.Text.Json.JsonElement? Metadata { get; init; }

    /// <summary>Predictions that come with the task, checked against the job's schema; the last one is routed.</summary>
    public IReadOnlyList<Prediction>? Predictions { get; init; }

    /// <summary>The decision that the task puts before people, and what was said of it; then the task has the decision's id.</summary>
    public (DecisionId Id, Routing Routing)? Decision { get; init; }
}

/// <summary>What became of drafts.</summary>
/// <param name="Added">Tasks added.</param>
/// <param name="Known">Drafts that were there already with the same content.</param>
/// <param name="Conflicts">Positions of drafts whose external id is another task's.</param>
public sealed record AddedTasks(int Added, int Known, IReadOnlyList<int> Conflicts);
