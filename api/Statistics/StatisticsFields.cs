using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Tasks;
using Crowd.GraphQL;

namespace Crowd.Api.Statistics;

/// <summary>How a job goes, and what it will cost.</summary>
[ExtendObjectType(typeof(Job))]
public static class StatisticsFields
{
    private const int MostSteps = 200;
    private const int MostHardTasks = 50;

    /// <summary>How the job goes.</summary>
    /// <param name="steps">Most steps of the timeline, 1 to 200.</param>
    [Cost(20)]
    public static Task<JobStatistics> GetStatisticsAsync(Job job, Reads reads, CancellationToken cancellationToken, int steps = 60) =>
        steps is >= 1 and <= MostSteps ? StatisticsReads.OfAsync(job, steps, reads, cancellationToken) : throw Refusals.Invalid($"steps: give 1 to {MostSteps}.");

    /// <summary>The tasks with the least confidence so far, those with the most answers first among equals.</summary>
    /// <param name="first">How many, 1 to 50.</param>
    [Cost(10)]
    public static Task<IReadOnlyList<TaskView>> GetHardTasksAsync(Job job, Reads reads, CancellationToken cancellationToken, int first = 10) =>
        first is >= 1 and <= MostHardTasks
            ? reads.ListAsync<TaskView>(
                $"select {TaskView.Columns} from (select * from tasks where job_id = @job and confidence >= 0 order by confidence limit @looked) t order by confidence, answers desc, task_id limit @first",
                new { job = job.JobId, first, looked = MostHardTasks * 4 }, cancellationToken)
            : throw Refusals.Invalid($"first: give 1 to {MostHardTasks}.");

    /// <summary>
    /// What labelling all tasks is expected to take. Without a pilot (at least 20 decided tasks) it rests on crowds of three makes, whose answers are right in 65 %,
    /// 80 % and 95 %; with one, on the answers there are.
    /// </summary>
    /// <param name="tasks">For so many tasks; null for the tasks of the job.</param>
    [Cost(200)]
    public static Task<Forecast> GetForecastAsync(Job job, int? tasks, Reads reads, CancellationToken cancellationToken) =>
        Forecasts.OfAsync(job, tasks, reads, cancellationToken);
}
