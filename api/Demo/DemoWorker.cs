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

/// <summary>A worker of the demo. What it answers to a task follows from the seed alone.</summary>
internal sealed class DemoWorker(ApiClient api, string name, WorkerKind kind, int seed, DemoTasks tasks) : SimulatedWorker(api, name)
{
    public WorkerKind Kind => kind;

    protected override JsonObject AnswerTo(JsonElement input) => new() { ["choice"] = LabelOf(DemoTasks.KeyOf(input)) };

    private string LabelOf(string task)
    {
        var truth = tasks.Truth[task];
        var labels = tasks.Labels;
        var own = new Random(HashCode(seed, Name, task));
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
