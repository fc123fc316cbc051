namespace Crowd.Simulation;

/// <summary>A quality manager, and workers who appeal.</summary>
internal sealed class Judge(World world)
{
    private const string Actor = "judge";

    public Task AdjudicateAsync(TaskId task, LabelSchema schema) =>
        TryAsync(() => world.Task(task).AdjudicateAsync(Kinds.AnswerTo(schema, world.Chance.Random.Next(3)), "by the book", Actor));

    public Task AppealAsync(AssignmentId assignment, WorkerId worker) => TryAsync(() => world.Task(assignment.Task).AppealAsync(assignment, worker, "but it is so", worker.Value));

    public Task ResolveAsync(AssignmentId assignment) =>
        TryAsync(() => world.Task(assignment.Task).ResolveAppealAsync(assignment, world.Chance.Of(0.7), world.Chance.Of(0.1) ? "" : "looked again", Actor));

    public Task OverrideAsync(WorkerId worker, JobId? job) => TryAsync(() => world.Worker(worker).OverrideReliabilityAsync(job, world.Chance.Random.NextDouble(), "seen", Actor));

    public Task ClearAsync(WorkerId worker, JobId? job) => TryAsync(() => world.Worker(worker).ClearReliabilityAsync(job, "seen again", Actor));

    public Task SuspendAsync(WorkerId worker) => TryAsync(() => world.Worker(worker).SuspendAsync(world.Clock.GetUtcNow().AddMinutes(10), "seen", Actor));

    public Task ExcludeAsync(WorkerId worker, JobId job) => TryAsync(() => world.Job(job).ExcludeAsync(worker, "seen", Actor));

    public Task ReadmitAsync(WorkerId worker, JobId job) => TryAsync(() => world.Job(job).ReadmitAsync(worker, "seen again", Actor));

    private async Task TryAsync(Func<Task> call)
    {
        var host = world.Host;
        try
        {
            await call();
        }
        catch (Exception e) when (world.Forgives || host != world.Host)
        {
            world.Ignored(e);
        }
    }
}
