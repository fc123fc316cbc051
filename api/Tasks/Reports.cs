using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Tasks;

/// <summary>A problem with a task that a worker reported.</summary>
[GraphQLName("ProblemReport")]
public sealed class ReportView
{
    internal const string Columns = "job_id, task_id, ordinal, worker_id, problem as problem_text, message, reported_at";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public int Ordinal { get; set; }

    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public string ProblemText { get; set; } = "";

    [GraphQLIgnore]
    public long ReportedAt { get; set; }

    public JobId Job => Domain.JobId.From(JobId);

    public TaskId Task => Domain.TaskId.From(TaskId);

    public AssignmentId Assignment => AssignmentId.Of(Task, Ordinal);

    public WorkerId Worker => Domain.WorkerId.From(WorkerId);

    public Problem Problem => Enum.Parse<Problem>(ProblemText);

    /// <summary>What the worker wrote.</summary>
    public string? Message { get; set; }

    [GraphQLName("reportedAt")]
    public DateTimeOffset Reported => Instants.FromMicroseconds(ReportedAt);
}

/// <summary>Reporting problems.</summary>
public static class ReportMutations
{
    /// <summary>Says what is wrong with a task and gives it back. The requester and quality managers read it. For workers.</summary>
    /// <param name="message">What exactly; needed for other problems.</param>
    public static async Task<bool> ReportProblemAsync(AssignmentId assignment, Problem problem, string? message, Caller caller, IGrainFactory grains)
    {
        (await grains.GetGrain<ITaskGrain>(assignment.Task.Value).ReportAsync(assignment, caller.RequireWorker(), problem, message, caller.Actor)).OrThrow();
        return true;
    }
}

/// <summary>Problems of all jobs.</summary>
public static class ReportQueries
{
    /// <summary>The latest problems reported on all jobs, at most 500. For quality managers.</summary>
    public static Task<IReadOnlyList<ReportView>> GetProblemReportsAsync(Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        return reads.ListAsync<ReportView>($"select {ReportView.Columns} from reports order by reported_at desc limit 500", null, cancellationToken);
    }
}

/// <summary>Problems with the tasks of a job.</summary>
[ExtendObjectType(typeof(Job))]
public static class JobReportFields
{
    /// <summary>The latest problems that workers reported, at most 500.</summary>
    public static Task<IReadOnlyList<ReportView>> GetProblemReportsAsync(Job job, Reads reads, CancellationToken cancellationToken) =>
        reads.ListAsync<ReportView>($"select {ReportView.Columns} from reports where job_id = @job order by reported_at desc limit 500", new { job = job.JobId }, cancellationToken);
}

/// <summary>Problems with a task.</summary>
[ExtendObjectType(typeof(TaskView))]
public static class TaskReportFields
{
    /// <summary>The problems that workers reported, in order, at most 500.</summary>
    public static Task<IReadOnlyList<ReportView>> GetProblemReportsAsync(TaskView task, Reads reads, CancellationToken cancellationToken) =>
        reads.ListAsync<ReportView>(
            $"select {ReportView.Columns} from reports where job_id = @job and task_id = @task order by ordinal limit 500", new { job = task.JobId, task = task.TaskId }, cancellationToken);
}
