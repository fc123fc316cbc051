using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Api.Loop;

/// <summary>Reads what a report is made of: tasks, decisions, predictions, answers and the audit rates of the policies.</summary>
public sealed class OversightReads(Reads reads)
{
    /// <summary>Most labelled tasks and decisions, and most answers, of one report.</summary>
    public const int MostCases = 200_000;

    private const string Tasks =
        """
        select t.task_id, t.label, t.final_label, t.confidence, t.decided_by, t.route, t.routing, t.spent, t.added_at, t.decided_at, t.metadata, {input} as input
        from tasks t {join} where t.job_id = @job and t.stage = 'decided' and t.gold is null and t.decided_at >= @from and t.decided_at < @until limit @most
        """;

    private const string Decisions =
        """
        select t.decision_id, t.prediction, t.routing, t.label, t.released_by, t.confidence, t.audited, t.audit_label, t.requested_at, t.released_at, {input} as input
        from decisions t {join} where t.job_id = @job and t.status = 'released' and t.released_at >= @from and t.released_at < @until limit @most
        """;

    /// <summary>All that there is of the period.</summary>
    /// <param name="model">Whose predictions count; null for the newest before the label.</param>
    /// <param name="withInput">Whether inputs are wanted.</param>
    internal async Task<OversightData> ReadAsync(JobId job, DateTimeOffset? from, DateTimeOffset? until, string? model, bool withInput, CancellationToken cancellationToken)
    {
        var period = new { job = job.Value, from = from?.ToMicroseconds() ?? 0, until = until?.ToMicroseconds() ?? long.MaxValue, most = MostCases + 1 };
        string With(string query) => query
            .Replace("{input}", withInput ? "i.input" : "null", StringComparison.Ordinal)
            .Replace("{join}", withInput ? "left join inputs i on i.hash = t.input_hash" : "", StringComparison.Ordinal);
        var tasks = Limited(await reads.ListAsync<TaskCase>(With(Tasks), period, cancellationToken));
        var decisions = Limited(await reads.ListAsync<DecisionCase>(With(Decisions), period, cancellationToken));
        var answers = Limited(await reads.ListAsync<AnswerCase>(
            "select task_id, worker_id, answer, duration_ms, submitted_at from assignments where job_id = @job and answer is not null and repeats is null and submitted_at < @until limit @most",
            period, cancellationToken));
        var repeats = Limited(await reads.ListAsync<RepeatCase>(
            """
            select a.worker_id, a.answer, f.answer as first from assignments a join assignments f on f.job_id = a.job_id and f.task_id = a.task_id and f.ordinal = a.repeats
            where a.job_id = @job and a.repeats is not null and a.answer is not null and a.submitted_at >= @from and a.submitted_at < @until limit @most
            """,
            period, cancellationToken));
        var predictions = await reads.ListAsync<PredictionCase>(
            $"select task_id, label, confidence, at from predictions where job_id = @job{(model is null ? "" : " and model = @model")} order by at",
            new { job = job.Value, model }, cancellationToken);
        return new(tasks, decisions, answers, repeats, predictions.ToLookup(p => p.TaskId, StringComparer.Ordinal), await RatesAsync(job, cancellationToken));
    }

    /// <summary>The audit rate of each version of the policy.</summary>
    private async Task<IReadOnlyDictionary<int, double>> RatesAsync(JobId job, CancellationToken cancellationToken)
    {
        var rates = new Dictionary<int, double>();
        foreach (var data in await reads.ListAsync<string>(
            "select data from events where stream = @job and type = 'job.loop-changed' order by version", new { job = job.Value }, cancellationToken))
        {
            var loop = ((JobEvent.LoopChanged)EventTypes.Read("job.loop-changed", System.Text.Encoding.UTF8.GetBytes(data))).Loop;
            rates[loop.Version] = loop.AuditRate;
        }

        return rates;
    }

    private static IReadOnlyList<T> Limited<T>(IReadOnlyList<T> rows) => rows.Count <= MostCases
        ? rows
        : throw new GraphQL.GraphQLException($"A report covers at most {MostCases} tasks, decisions or answers: give a shorter period.", "LIMIT_EXCEEDED");

    internal sealed class TaskCase
    {
        public string TaskId { get; set; } = "";

        public string? Label { get; set; }

        public string? FinalLabel { get; set; }

        public double? Confidence { get; set; }

        public string? DecidedBy { get; set; }

        public string? Route { get; set; }

        public string? Routing { get; set; }

        public long Spent { get; set; }

        public long AddedAt { get; set; }

        public long DecidedAt { get; set; }

        public string? Metadata { get; set; }

        public string? Input { get; set; }
    }

    internal sealed class DecisionCase
    {
        public string DecisionId { get; set; } = "";

        public string Prediction { get; set; } = "";

        public string? Routing { get; set; }

        public string? Label { get; set; }

        public string? ReleasedBy { get; set; }

        public double? Confidence { get; set; }

        public long Audited { get; set; }

        public string? AuditLabel { get; set; }

        public long RequestedAt { get; set; }

        public long ReleasedAt { get; set; }

        public string? Input { get; set; }
    }

    internal sealed class AnswerCase
    {
        public string TaskId { get; set; } = "";

        public string WorkerId { get; set; } = "";

        public string Answer { get; set; } = "";

        public long? DurationMs { get; set; }

        public long SubmittedAt { get; set; }
    }

    internal sealed class RepeatCase
    {
        public string WorkerId { get; set; } = "";

        public string Answer { get; set; } = "";

        public string First { get; set; } = "";
    }

    internal sealed class PredictionCase
    {
        public string TaskId { get; set; } = "";

        public string Label { get; set; } = "";

        public double? Confidence { get; set; }

        public long At { get; set; }
    }
}

/// <summary>What a report is made of.</summary>
/// <param name="Repeats">Answers to hidden repeats beside the first ones.</param>
/// <param name="Predictions">By task, oldest first.</param>
/// <param name="AuditRates">By version of the policy.</param>
internal sealed record OversightData(
    IReadOnlyList<OversightReads.TaskCase> Tasks, IReadOnlyList<OversightReads.DecisionCase> Decisions, IReadOnlyList<OversightReads.AnswerCase> Answers,
    IReadOnlyList<OversightReads.RepeatCase> Repeats, ILookup<string, OversightReads.PredictionCase> Predictions, IReadOnlyDictionary<int, double> AuditRates);
