using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Consensus.Agreement;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Reliability;
using Crowd.Domain;

namespace Crowd.Api.Workers;

/// <summary>
/// The answers of a job looked at together: how right each worker is, what they confuse, with whom they agree, and what speaks for spam or collusion. For kinds of label
/// without a finite set only agreement with the labels and between workers.
/// </summary>
internal sealed class Inspection
{
    /// <summary>Answers that are looked at: the latest tasks' are left out beyond.</summary>
    public const int MostAnswers = 100_000;

    private Inspection(string[] workers, string[] labels) => (Workers, Labels) = (workers, labels);

    public string[] Workers { get; }

    /// <summary>Names of the labels; empty for kinds without a finite set.</summary>
    public string[] Labels { get; }

    public required int Answers { get; init; }

    public required int Tasks { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Estimated share of right answers of each worker.</summary>
    public required WorkerEstimate[] Estimates { get; init; }

    /// <summary>Mean seconds of each worker.</summary>
    public required double[] Seconds { get; init; }

    /// <summary>Answers of each worker.</summary>
    public required int[] Counts { get; init; }

    public required IReadOnlyList<Suspicion> Suspicions { get; init; }

    public required IReadOnlyList<PairOfWorkers> Pairs { get; init; }

    /// <summary>Hidden repeats of each worker, by id: how many were answered as before, and how many there were.</summary>
    public IReadOnlyDictionary<string, (int Alike, int Count)> Repeats { get; private set; } = new Dictionary<string, (int, int)>();

    /// <summary>Answers by worker, true label and given label.</summary>
    public required int[] Confusion { get; init; }

    public static async Task<Inspection> OfAsync(Job job, Reads reads, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = await reads.ListAsync<AnswerRow>(
            """
            select a.task_id, a.worker_id, a.answer, a.duration_ms, a.gold_right, t.gold, t.label, t.decided_by from assignments a join tasks t on t.task_id = a.task_id
            where a.job_id = @job and a.answer is not null and a.invalid is null and a.repeats is null order by a.task_id, a.ordinal limit @limit
            """,
            new { job = job.JobId, limit = MostAnswers }, cancellationToken);
        var repeats = await reads.ListAsync<RepeatRow>(
            "select worker_id, count(*) as number, cast(sum(consistent) as bigint) as alike from assignments where job_id = @job and consistent is not null group by worker_id",
            new { job = job.JobId }, cancellationToken);
        var found = await Task.Run(() => Of(job.Specification.Schema, rows, time.GetUtcNow()), cancellationToken); // seconds of arithmetic for the largest jobs
        found.Repeats = repeats.ToDictionary(r => r.WorkerId, r => ((int)r.Alike, (int)r.Number), StringComparer.Ordinal);
        return found;
    }

    private static Inspection Of(LabelSchema schema, IReadOnlyList<AnswerRow> rows, DateTimeOffset at)
    {
        var (workers, tasks) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var (task, worker) = (new int[rows.Count], new int[rows.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            task[i] = tasks.TryGetValue(rows[i].TaskId, out var t) ? t : tasks[rows[i].TaskId] = tasks.Count;
            worker[i] = workers.TryGetValue(rows[i].WorkerId, out var w) ? w : workers[rows[i].WorkerId] = workers.Count;
        }

        var (sums, counts) = (new double[workers.Count], new int[workers.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            sums[worker[i]] += rows[i].DurationMs / 1000.0;
            counts[worker[i]]++;
        }

        var names = workers.Keys.ToArray();
        var seconds = sums.Select((s, w) => s / counts[w]).ToArray();
        return rows.Count > 0 && Encode.Categories(schema) is { } categories
            ? OfCategories(schema, rows, task, worker, tasks.Count, names, categories, seconds, counts, at)
            : OfMeasure(schema, rows, task, worker, tasks.Count, names, seconds, counts, at);
    }

    private static Inspection OfCategories(
        LabelSchema schema, IReadOnlyList<AnswerRow> rows, int[] task, int[] worker, int tasks, string[] names, int categories, double[] seconds, int[] counts, DateTimeOffset at)
    {
        var given = rows.Select(r => Encode.Category(schema, Read(r.Answer))).ToArray();
        var known = new int[tasks];
        Array.Fill(known, -1);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Gold is { } gold)
                known[task[i]] = Encode.Category(schema, Read(gold));
            else if (rows[i] is { DecidedBy: "adjudication", Label: { } label })
                known[task[i]] = Encode.Category(schema, Read(label));
        }

        var answers = CategoryAnswers.From(task, worker, given, tasks, names.Length, categories);
        var result = DawidSkene.RunWithPrior(answers, new() { Gold = known, Threads = 1 });
        var order = Enumerable.Range(0, rows.Count).OrderBy(i => task[i]).ThenBy(i => worker[i]).ThenBy(i => given[i]);
        var times = order.Select(i => rows[i].DurationMs / 1000.0).ToArray();
        var labels = Enumerable.Range(0, categories).Select(k => NameOf(Encode.Answer(schema, k))).ToArray();
        var confusion = new int[names.Length * categories * categories];
        for (var i = 0; i < rows.Count; i++)
            confusion[(((worker[i] * categories) + result.Labels[task[i]]) * categories) + given[i]]++;
        List<Suspicion> suspicions =
        [
            .. SpamDetector.Inspect(answers, result, known, times, k => $"“{labels[k]}”"),
            .. CollusionDetector.Inspect(answers, known, w => names[w]),
        ];
        return new(names, labels)
        {
            Answers = rows.Count,
            Tasks = tasks,
            At = at,
            Estimates = result.Workers,
            Seconds = seconds,
            Counts = counts,
            Suspicions = suspicions,
            Pairs = [.. WorkerPairs.Of(answers).Select(p => new PairOfWorkers(p.First, p.Second, p.Tasks, p.Agreement, p.Kappa.IsDefined ? p.Kappa.Value : null))],
            Confusion = confusion,
        };
    }

    private static Inspection OfMeasure(
        LabelSchema schema, IReadOnlyList<AnswerRow> rows, int[] task, int[] worker, int tasks, string[] names, double[] seconds, int[] counts, DateTimeOffset at)
    {
        var answers = rows.Select(r => Read(r.Answer)).ToArray();
        var (right, judged) = (new double[names.Length], new double[names.Length]);
        var pairs = new Dictionary<(int First, int Second), (int Tasks, double Sum)>();
        for (var i = 0; i < answers.Length; i++)
        {
            if ((rows[i].Gold ?? rows[i].Label) is { } label)
            {
                judged[worker[i]]++;
                right[worker[i]] += Agreement.Agrees(schema, answers[i], Read(label)) ? 1 : 0;
            }

            for (var j = i + 1; j < answers.Length && task[j] == task[i]; j++)
            {
                var key = (Math.Min(worker[i], worker[j]), Math.Max(worker[i], worker[j]));
                var before = pairs.GetValueOrDefault(key);
                pairs[key] = (before.Tasks + 1, before.Sum + Agreement.Between(schema, answers[i], answers[j]));
            }
        }

        return new(names, [])
        {
            Answers = rows.Count,
            Tasks = tasks,
            At = at,
            Estimates = [.. right.Select((r, w) => Estimate(r, judged[w]))],
            Seconds = seconds,
            Counts = counts,
            Suspicions = [],
            Pairs = [.. pairs.OrderBy(p => p.Key).Select(p => new PairOfWorkers(p.Key.First, p.Key.Second, p.Value.Tasks, p.Value.Sum / p.Value.Tasks, null))],
            Confusion = [],
        };
    }

    private static WorkerEstimate Estimate(double right, double judged) =>
        judged > 0 ? new WorkerReliability(right, judged - right).Interval : new(double.NaN, 0, 1, 0);

    private static Answer Read(string json) => JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!;

    private static string NameOf(Answer answer) => answer switch
    {
        Answer.Choice a => a.Label,
        Answer.Rated a => a.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Answer.Preferred a => a.Side.ToString().ToLowerInvariant(),
        _ => answer.ToString(),
    };

    private sealed class RepeatRow
    {
        public string WorkerId { get; set; } = "";

        public long Number { get; set; }

        public long Alike { get; set; }
    }

    private sealed class AnswerRow
    {
        public string TaskId { get; set; } = "";

        public string WorkerId { get; set; } = "";

        public string Answer { get; set; } = "";

        public long DurationMs { get; set; }

        public long? GoldRight { get; set; }

        public string? Gold { get; set; }

        public string? Label { get; set; }

        public string? DecidedBy { get; set; }
    }
}

/// <summary>What two workers have in common.</summary>
internal sealed record PairOfWorkers(int First, int Second, int Tasks, double Agreement, double? Kappa);

/// <summary>Inspections made lately. One is made at a time, so that they never take more than one processor from the work.</summary>
public sealed class Inspections(Reads reads, TimeProvider time) : IDisposable
{
    /// <summary>How long an inspection is kept: 30 seconds.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Most inspections kept.</summary>
    public const int Most = 8;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<JobId, Inspection> _kept = [];

    internal async Task<Inspection> OfAsync(Job job, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_kept.TryGetValue(job.Id, out var kept) && time.GetUtcNow() - kept.At < Kept && kept.Answers >= Math.Min(job.Answers, Inspection.MostAnswers))
                return kept;
            if (_kept.Count >= Most)
                _kept.Remove(_kept.MinBy(k => k.Value.At).Key);
            return _kept[job.Id] = await Inspection.OfAsync(job, reads, time, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
