using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Consensus.Agreement;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Tasks;

/// <summary>How far the answers of a job agree.</summary>
/// <param name="AnswerCount">Answers looked at.</param>
/// <param name="PairwiseAgreement">Mean agreement of two answers to one task, by the measure of the kind of label; null when no task has two.</param>
/// <param name="KrippendorffAlpha">Krippendorff's alpha: 1 for full agreement, 0 for that of chance; null where it is undefined.</param>
/// <param name="UndefinedBecause">Why alpha is undefined.</param>
[GraphQLName("Agreement")]
public sealed record Agreements(int AnswerCount, double? PairwiseAgreement, double? KrippendorffAlpha, string? UndefinedBecause)
{
    private const int MostAnswers = 100_000;

    internal static async Task<Agreements> OfAsync(Job job, Reads reads, CancellationToken cancellationToken)
    {
        var schema = job.Specification.Schema;
        var rows = await reads.ListAsync<AnswerRow>(
            "select task_id, answer from assignments where job_id = @job and answer is not null and invalid is null and repeats is null order by task_id, ordinal limit @limit",
            new { job = job.JobId, limit = MostAnswers }, cancellationToken);
        var tasks = new int[rows.Count];
        var answers = new Answer[rows.Count];
        for (var i = 0; i < tasks.Length; i++)
        {
            tasks[i] = i > 0 && rows[i].TaskId == rows[i - 1].TaskId ? tasks[i - 1] : i == 0 ? 0 : tasks[i - 1] + 1;
            answers[i] = JsonSerializer.Deserialize(rows[i].Answer, DomainJson.Default.Answer)!;
        }

        var alpha = Alpha(schema, tasks, answers);
        return new(rows.Count, Pairwise(schema, tasks, answers), double.IsNaN(alpha.Value) ? null : alpha.Value, alpha.Undefined.Length == 0 ? null : alpha.Undefined);
    }

    /// <summary>Nominal for categories, interval for ratings and numbers, else from the measure of the kind as a distance.</summary>
    internal static Coefficient Alpha(LabelSchema schema, int[] tasks, Answer[] answers) => schema switch
    {
        LabelSchema.SingleChoice or LabelSchema.Pairwise => AlphaOf(tasks, Array.ConvertAll(answers, a => (double)Encode.Category(schema, a)), MeasurementLevel.Nominal),
        LabelSchema.Rating => AlphaOf(tasks, Array.ConvertAll(answers, a => (double)((Answer.Rated)a).Value), MeasurementLevel.Ordinal),
        LabelSchema.Number => AlphaOf(tasks, Array.ConvertAll(answers, a => ((Answer.Numeric)a).Value), MeasurementLevel.Interval),
        _ => Consensus.Agreement.KrippendorffAlpha.Of(tasks, (i, j) => 1 - Domain.Agreement.Between(schema, answers[i], answers[j])),
    };

    private static Coefficient AlphaOf(int[] tasks, double[] values, MeasurementLevel level) => Consensus.Agreement.KrippendorffAlpha.Of(tasks, values, level);

    private static double? Pairwise(LabelSchema schema, int[] tasks, Answer[] answers)
    {
        var (sum, pairs) = (0.0, 0L);
        for (var i = 0; i < tasks.Length; i++)
        {
            for (var j = i + 1; j < tasks.Length && tasks[j] == tasks[i]; j++, pairs++)
                sum += Domain.Agreement.Between(schema, answers[i], answers[j]);
        }

        return pairs == 0 ? null : sum / pairs;
    }

    private sealed class AnswerRow
    {
        public string TaskId { get; set; } = "";

        public string Answer { get; set; } = "";
    }
}
