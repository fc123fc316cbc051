using System.Text.Json;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Oversight;
using Crowd.Domain;

namespace Crowd.Api.Loop;

/// <summary>A case of a report, and what the statistics of cases do not need to know of it.</summary>
internal sealed record OversightCase(HybridCase Case, string? Group, long At);

/// <summary>Tasks and decisions as cases of a report.</summary>
/// <param name="modelVotes">Whether a model was among those who voted: then answers alone do not say how sure labels are.</param>
internal sealed class OversightCases(OversightData data, LabelSchema schema, FieldPath? by, bool modelVotes = false)
{
    private const double Microseconds = 1e6;

    private readonly ILookup<string, int> _answers = data.Answers.ToLookup(a => a.TaskId, a => Category(schema, a.Answer), StringComparer.Ordinal);
    private readonly (IReadOnlyDictionary<string, double> Confidences, double Error) _sure = modelVotes ? Nothing : SureOf(data, schema);

    private static (IReadOnlyDictionary<string, double> Confidences, double Error) Nothing => (new Dictionary<string, double>(StringComparer.Ordinal), 0);

    /// <summary>Standard error of the number of wrong labels that the confidences make expect, as a part of it.</summary>
    public double ConfidenceError => _sure.Error;

    /// <summary>All cases. A task that people got because of a decision is a part of that decision.</summary>
    public IReadOnlyList<OversightCase> All()
    {
        var ofDecisions = data.Tasks.Where(t => DecisionId.Of(TaskId.From(t.TaskId)) is not null).ToDictionary(t => t.TaskId, StringComparer.Ordinal);
        return
        [
            .. data.Tasks.Where(t => !ofDecisions.ContainsKey(t.TaskId)).Select(OfTask),
            .. data.Decisions.Select(d => OfDecision(d, ofDecisions.GetValueOrDefault(DecisionId.From(d.DecisionId).Task.Value))),
        ];
    }

    /// <summary>The settled label of each task that people answered.</summary>
    public IReadOnlyDictionary<string, int> Settled() => data.Tasks
        .Where(t => t.DecidedBy != "machine" && (t.FinalLabel ?? t.Label) is not null)
        .ToDictionary(t => t.TaskId, t => Category(schema, (t.FinalLabel ?? t.Label)!), StringComparer.Ordinal);

    private OversightCase OfTask(OversightReads.TaskCase task)
    {
        var final = (task.FinalLabel ?? task.Label) is { } label ? Category(schema, label) : -1;
        var said = data.Predictions[task.TaskId].LastOrDefault(p => p.At <= task.DecidedAt);
        var byMachine = task.DecidedBy == "machine";
        return new(
            new()
            {
                Machine = said is null ? -1 : Category(schema, said.Label),
                Confidence = said?.Confidence ?? double.NaN,
                Final = final,
                Accepted = byMachine || task.Route == "audit",
                Reference = byMachine ? -1 : final,
                ReferenceConfidence = ConfidenceOf(task),
                Probability = byMachine || task.Route == "audit" ? RateOf(task.Routing) : 1,
                AnswersRight = RightAnswers(task.TaskId, byMachine ? -1 : final),
                Cost = task.Spent,
                Seconds = (task.DecidedAt - task.AddedAt) / Microseconds,
            },
            GroupOf(task.Input, task.Metadata),
            task.DecidedAt);
    }

    private OversightCase OfDecision(OversightReads.DecisionCase decision, OversightReads.TaskCase? task)
    {
        var prediction = JsonSerializer.Deserialize(decision.Prediction, DomainJson.Default.Prediction)!;
        var final = decision.Label is { } label ? Category(schema, label) : -1;
        var byMachine = decision.ReleasedBy == "machine";
        var reference = byMachine ? decision.AuditLabel is { } audit ? Category(schema, audit) : -1 : final;
        var confidence = decision.ReleasedBy == "person" ? 1 : task is null ? decision.Confidence ?? 1 : ConfidenceOf(task);
        return new(
            new()
            {
                Machine = Category(schema, prediction.Label),
                Confidence = prediction.Confidence ?? double.NaN,
                Final = final,
                Accepted = byMachine,
                Reference = reference,
                ReferenceConfidence = confidence,
                Probability = byMachine ? RateOf(decision.Routing) : 1,
                AnswersRight = task is null ? double.NaN : RightAnswers(task.TaskId, reference),
                Cost = task?.Spent ?? 0,
                Seconds = (decision.ReleasedAt - decision.RequestedAt) / Microseconds,
            },
            GroupOf(decision.Input, task?.Metadata),
            decision.ReleasedAt);
    }

    /// <summary>A person's word counts as right; of what people settled on, what all answers say of it now, or else what was known when it was decided.</summary>
    private double ConfidenceOf(OversightReads.TaskCase task) =>
        task.DecidedBy == "adjudication" ? 1 : _sure.Confidences.TryGetValue(task.TaskId, out var sure) ? sure : task.Confidence ?? 1;

    private static (IReadOnlyDictionary<string, double> Confidences, double Error) SureOf(OversightData data, LabelSchema schema)
    {
        var (numbers, settled, known) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<int>(), new List<int>());
        foreach (var task in data.Tasks.Where(t => t.DecidedBy != "machine" && (t.FinalLabel ?? t.Label) is not null))
        {
            numbers[task.TaskId] = settled.Count;
            settled.Add(Category(schema, (task.FinalLabel ?? task.Label)!));
            known.Add(task.DecidedBy == "adjudication" ? settled[^1] : -1);
        }

        var answers = data.Answers.Where(a => numbers.ContainsKey(a.TaskId)).ToList();
        var workers = answers.Select(a => a.WorkerId).Distinct(StringComparer.Ordinal).Select((w, i) => (w, i)).ToDictionary(w => w.w, w => w.i, StringComparer.Ordinal);
        var table = CategoryAnswers.From(
            [.. answers.Select(a => numbers[a.TaskId])], [.. answers.Select(a => workers[a.WorkerId])], [.. answers.Select(a => Category(schema, a.Answer))],
            settled.Count, workers.Count, Encode.Categories(schema)!.Value);
        return SettledLabels.Of(table, [.. settled], [.. known]) is { } sure
            ? (numbers.Where(n => !double.IsNaN(sure.Probabilities[n.Value])).ToDictionary(n => n.Key, n => sure.Probabilities[n.Value], StringComparer.Ordinal), sure.RelativeError)
            : Nothing;
    }

    private double RightAnswers(string task, int settled)
    {
        int count = 0, right = 0;
        foreach (var answer in _answers[task])
        {
            count++;
            right += answer == settled ? 1 : 0;
        }

        return count == 0 || settled < 0 ? double.NaN : (double)right / count;
    }

    private double RateOf(string? routing) =>
        routing is not null && data.AuditRates.TryGetValue(JsonSerializer.Deserialize(routing, DomainJson.Default.Routing)!.Version, out var rate) ? rate : 0;

    private string? GroupOf(string? input, string? metadata)
    {
        if (by is null)
            return null;
        using var at = (by.InMetadata ? metadata : input) is { } json ? JsonDocument.Parse(json) : null;
        var found = by.InMetadata ? by.Find(null, at?.RootElement) : by.Find(at?.RootElement, null);
        return found?.ToString();
    }

    internal static int Category(LabelSchema schema, string answer) => Category(schema, JsonSerializer.Deserialize(answer, DomainJson.Default.Answer)!);

    private static int Category(LabelSchema schema, Answer answer) => Encode.Category(schema, answer);
}
