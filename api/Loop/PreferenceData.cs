using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Consensus.Pairwise;
using Crowd.Consensus.Rankings;
using Crowd.Domain;

namespace Crowd.Api.Loop;

/// <summary>One task of a preference job: a prompt and what was said of its responses.</summary>
/// <param name="Prompt">JSON of the input's <c>prompt</c>.</param>
/// <param name="Items">Responses of the task as numbers among all responses, in the task's order.</param>
/// <param name="Order">The settled order, best first; one place holds what is tied.</param>
internal sealed record PreferenceTask(string TaskId, string Prompt, int[] Items, IReadOnlyList<int[]> Order, double? Confidence, int Answers, double Agreement);

/// <summary>The responses of a job, what workers said of them, and their scores.</summary>
internal sealed class PreferenceData
{
    /// <summary>Most answers of one export.</summary>
    public const int MostAnswers = 500_000;

    private const string Query =
        """
        select t.task_id, t.label, t.final_label, t.confidence, i.input, a.worker_id, a.answer
        from tasks t join inputs i on i.hash = t.input_hash left join assignments a on a.job_id = t.job_id and a.task_id = t.task_id and a.answer is not null and a.repeats is null
        where t.job_id = @job and t.stage = 'decided' and t.gold is null order by t.task_id limit @most
        """;

    private readonly Dictionary<(string Prompt, string Response), int> _responses = [];
    private readonly Dictionary<string, int> _workers = new(StringComparer.Ordinal);
    private readonly List<Comparison> _comparisons = [];

    public List<PreferenceTask> Tasks { get; } = [];

    /// <summary>Prompt and response by number.</summary>
    public List<(string Prompt, string Response)> Responses { get; } = [];

    public IReadOnlyDictionary<string, int> Workers => _workers;

    /// <summary>Bradley-Terry scores of all responses, with workers' reliabilities where there are answers enough.</summary>
    public PairwiseResult Scores { get; private set; } = null!;

    /// <summary>How many comparisons each response was in.</summary>
    public int[] Counts { get; private set; } = [];

    /// <summary>Agreement of each worker with the settled orders, summed, and how many answers.</summary>
    public Dictionary<int, (double Sum, int Count)> Agreements { get; } = [];

    /// <summary>Reads a pairwise or ranking job; the answers of workers count, not only what was settled.</summary>
    public static async Task<PreferenceData> ReadAsync(JobId job, LabelSchema schema, Reads reads, CancellationToken cancellationToken)
    {
        var data = new PreferenceData();
        var (rows, current) = (0, new List<AnswerRow>());
        await foreach (var row in reads.StreamAsync<AnswerRow>(Query, new { job = job.Value, most = MostAnswers + 1 }, cancellationToken))
        {
            if (++rows > MostAnswers)
                throw new GraphQL.GraphQLException($"An export of preferences covers at most {MostAnswers} answers.", "LIMIT_EXCEEDED");
            if (current.Count > 0 && current[0].TaskId != row.TaskId)
            {
                data.Add(current, schema);
                current.Clear();
            }

            current.Add(row);
        }

        if (current.Count > 0)
            data.Add(current, schema);
        data.Score();
        return data;
    }

    /// <summary>A property of an input as JSON, or null.</summary>
    internal static JsonElement? Property(JsonElement input, string name) => input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The response itself: its <c>text</c> where it is an object with one.</summary>
    internal static string ResponseOf(JsonElement response) => (Property(response, "text") ?? response).GetRawText();

    private void Add(List<AnswerRow> rows, LabelSchema schema)
    {
        using var json = JsonDocument.Parse(rows[0].Input);
        var input = json.RootElement;
        if ((rows[0].FinalLabel ?? rows[0].Label) is not { } label)
            return;
        var prompt = Property(input, "prompt")?.GetRawText() ?? "\"\"";
        var (ids, responses) = schema is LabelSchema.Pairwise
            ? (["left", "right"], [ResponseOf(input.GetProperty("left")), ResponseOf(input.GetProperty("right"))])
            : (TaskInput.Of(input).Items!.ToArray(), input.GetProperty("items").EnumerateArray().Select(ResponseOf).ToArray());
        int[] items = [.. responses.Select(r => NumberOf(prompt, r))];
        var order = OrderOf(Read(label), ids, items);
        var (sum, count) = (0.0, 0);
        foreach (var row in rows.Where(r => r.Answer is not null))
        {
            var answer = Read(row.Answer!);
            var worker = WorkerOf(row.WorkerId!);
            var agreement = Agreement.Between(schema, answer, Read(label));
            var (before, times) = Agreements.GetValueOrDefault(worker);
            Agreements[worker] = (before + agreement, times + 1);
            sum += agreement;
            count++;
            Compare(worker, OrderOf(answer, ids, items));
        }

        Tasks.Add(new(rows[0].TaskId, prompt, items, order, rows[0].Confidence, count, count == 0 ? double.NaN : sum / count));
    }

    private void Compare(int worker, IReadOnlyList<int[]> order)
    {
        if (order is [[var left, var right]])
            _comparisons.Add(new(worker, left, right, Comparison.Tie));
        else
            _comparisons.AddRange(RankingMethods.Pairs(worker, [.. order.Select(o => o[0])]));
    }

    private void Score()
    {
        var comparisons = _comparisons.Where(c => c.Left != c.Right).ToArray();
        Scores = BradleyTerry.Choose(comparisons, _workers.Count) == BradleyTerry.NoisyName
            ? BradleyTerry.RunNoisy(comparisons, Responses.Count, _workers.Count)
            : BradleyTerry.Run(comparisons, Responses.Count, _workers.Count);
        Counts = new int[Responses.Count];
        foreach (var c in comparisons)
        {
            Counts[c.Left]++;
            Counts[c.Right]++;
        }
    }

    private static IReadOnlyList<int[]> OrderOf(Answer answer, string[] ids, int[] items) => answer switch
    {
        Answer.Preferred { Side: Side.Left } => [[items[0]], [items[1]]],
        Answer.Preferred { Side: Side.Right } => [[items[1]], [items[0]]],
        Answer.Preferred => [items],
        Answer.Ranked ranked => [.. ranked.Order.Select(id => new[] { items[Array.IndexOf(ids, id)] })],
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is no preference."),
    };

    private int NumberOf(string prompt, string response)
    {
        if (!_responses.TryGetValue((prompt, response), out var number))
        {
            _responses[(prompt, response)] = number = Responses.Count;
            Responses.Add((prompt, response));
        }

        return number;
    }

    private int WorkerOf(string id)
    {
        if (!_workers.TryGetValue(id, out var number))
            _workers[id] = number = _workers.Count;
        return number;
    }

    private static Answer Read(string json) => JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!;

    private sealed class AnswerRow
    {
        public string TaskId { get; set; } = "";

        public string? Label { get; set; }

        public string? FinalLabel { get; set; }

        public double? Confidence { get; set; }

        public string Input { get; set; } = "";

        public string? WorkerId { get; set; }

        public string? Answer { get; set; }
    }
}
