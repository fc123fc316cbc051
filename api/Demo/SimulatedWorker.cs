using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Demo;

/// <summary>The kinds of simulated workers.</summary>
internal enum WorkerKind
{
    /// <summary>Right in 19 of 20 cases.</summary>
    Good,

    /// <summary>Right in 4 of 5 cases.</summary>
    Average,

    /// <summary>Right in little more than half the cases, else the first label that comes to hand.</summary>
    Lazy,

    /// <summary>Any label at all.</summary>
    Spamming,

    /// <summary>Gives what the others of the ring give, which has nothing to do with the task.</summary>
    Colluding,
}

/// <summary>A worker that fetches work and answers over HTTP like any other client. What it answers to a task follows from the seed alone.</summary>
internal sealed class SimulatedWorker(ApiClient api, string name, WorkerKind kind, int seed, DemoTasks tasks)
{
    private const string Request = "mutation($job: ID!, $count: Int!) { requestWork(job: $job, count: $count) { id input } }";
    private const string Submit = "mutation($assignment: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $assignment, answer: $answer) { repeated } }";
    private const int AtOnce = 3;

    public string Name => name;

    public ApiClient Client => api;

    public WorkerKind Kind => kind;

    /// <summary>Has all its earnings paid out, if they are enough for a payout.</summary>
    public async Task PayOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.SendAsync("mutation { requestPayout }", null, cancellationToken);
        }
        catch (ApiRefusal refusal) when (refusal.Code == "INSUFFICIENT_FUNDS")
        {
            // It earned less than the least payout.
        }
    }

    /// <summary>Works until there is nothing more for it; says how many answers it gave in this turn.</summary>
    public async Task<int> WorkAsync(string job, Action<int> answered, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            JsonElement work;
            try
            {
                work = (await api.SendAsync(Request, new() { ["job"] = job, ["count"] = AtOnce }, cancellationToken)).GetProperty("requestWork");
            }
            catch (ApiRefusal refusal) when (refusal.Code is "NO_WORK" or "WORKER_CAP_REACHED" or "WORKER_EXCLUDED" or "JOB_STATUS")
            {
                return total;
            }

            foreach (var one in work.EnumerateArray())
            {
                var label = Answer(DemoTasks.KeyOf(one.GetProperty("input")));
                await api.SendAsync(Submit, new() { ["assignment"] = one.GetProperty("id").GetString(), ["answer"] = new JsonObject { ["choice"] = label } }, cancellationToken);
                total++;
                answered(1);
            }
        }
    }

    private string Answer(string task)
    {
        var truth = tasks.Truth[task];
        var labels = tasks.Labels;
        var own = new Random(HashCode(seed, name, task));
        return kind switch
        {
            WorkerKind.Good => own.NextDouble() < 0.95 ? truth : Other(truth, own),
            WorkerKind.Average => own.NextDouble() < 0.8 ? truth : Other(truth, own),
            WorkerKind.Lazy => own.NextDouble() < 0.55 ? truth : labels[0],
            WorkerKind.Spamming => labels[own.Next(labels.Count)],
            _ => labels[new Random(HashCode(seed, "ring", task)).Next(labels.Count)],
        };
    }

    private string Other(string truth, Random random)
    {
        var other = tasks.Labels[random.Next(tasks.Labels.Count - 1)];
        return other == truth ? tasks.Labels[^1] : other;
    }

    /// <summary>A hash that is the same in every process.</summary>
    private static int HashCode(int seed, string name, string task) =>
        (int)System.IO.Hashing.XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{seed}\n{name}\n{task}"));
}
