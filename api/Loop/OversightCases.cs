using System.Text.Json;
using Crowd.Consensus.Oversight;
using Crowd.Domain;

namespace Crowd.Api.Loop;

/// <summary>A case of a report, and what the statistics of cases do not need to know of it.</summary>
internal sealed record OversightCase(HybridCase Case, string? Group, long At);

/// <summary>Tasks and decisions as cases of a report.</summary>
internal sealed class OversightCases(OversightData data, LabelSchema schema, FieldPath? by)
{
    private const double Microseconds = 1e6;

    private readonly ILookup<string, int> _answers = data.Answers.ToLookup(a => a.TaskId, a => Category(schema, a.Answer), StringComparer.Ordinal);

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
                ReferenceConfidence = task.DecidedBy == "adjudication" ? 1 : task.Confidence ?? 1,
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
        var confidence = decision.ReleasedBy == "person" || task?.DecidedBy == "adjudication" ? 1 : task?.Confidence ?? decision.Confidence ?? 1;
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
