using Crowd.Browser.Stage;

namespace Crowd.Browser.Quality;

/// <summary>A requester and workers whose answers disagree, for a quality manager to look at.</summary>
internal sealed class QualityWorld : IAsyncDisposable
{
    private readonly List<Visitor> _people = [];

    private QualityWorld(Visitor requester) => Requester = requester;

    public Visitor Requester { get; }

    public List<Visitor> Workers { get; } = [];

    public static async Task<QualityWorld> MakeAsync(BrowserStage stage, int workers, string organisation)
    {
        var world = new QualityWorld(await stage.RequesterAsync(organisation: organisation));
        world._people.Add(world.Requester);
        for (var i = 0; i < workers; i++)
            world.Workers.Add(await stage.WorkerAsync($"Worker {i + 1}"));
        world._people.AddRange(world.Workers);
        return world;
    }

    /// <summary>Has a worker take and answer tasks of the job.</summary>
    /// <param name="answer">The answer, as an AnswerInput, by the number of the task's external id.</param>
    public static async Task WorkAsync(Visitor worker, string job, int tasks, Func<int, object> answer)
    {
        // No more at once than a job leases by default.
        for (var left = tasks; left > 0;)
        {
            var taken = await worker.SendAsync("mutation($job: ID!, $count: Int!) { requestWork(job: $job, count: $count) { id input } }", new { job, count = Math.Min(left, 10) });
            foreach (var work in taken.EnumerateArray())
            {
                var number = work.GetProperty("input").GetProperty("n").GetInt32();
                await worker.SendAsync("mutation($a: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $a, answer: $answer) { assignment } }",
                    new { a = work.GetProperty("id").GetString(), answer = answer(number) });
                left--;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
            await person.DisposeAsync();
    }
}
