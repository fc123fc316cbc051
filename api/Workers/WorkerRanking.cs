using System.Globalization;
using Crowd.Api.Access;
using Crowd.Consensus.Categories;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Workers;

/// <summary>In which order workers are listed.</summary>
public enum WorkerOrder
{
    /// <summary>As they registered.</summary>
    Registered,

    /// <summary>The least reliable first, by what counts on all jobs together: the override, else the measured value. Who gave no answers yet comes last.</summary>
    LeastReliable,

    /// <summary>The most reliable first.</summary>
    MostReliable,

    /// <summary>Who gave the most answers first.</summary>
    MostAnswers,
}

/// <summary>Lists of workers by a number that is summed over their jobs: looks at all workers for every page. A cursor is the number and the worker's id.</summary>
internal sealed class WorkerRanking
{
    /// <summary>Behind all that are measured.</summary>
    private const long Last = 2_000_000;

    private readonly string _rank;

    private WorkerRanking(string rank) => _rank = rank;

    public static WorkerRanking Of(WorkerOrder order) => new(order switch
    {
        WorkerOrder.LeastReliable => $"case when judged_of is null and reliability_override is null then {Last} else {Millionths} end",
        WorkerOrder.MostReliable => $"case when judged_of is null and reliability_override is null then {Last} else -{Millionths} end",
        _ => "-coalesce(answers_of, 0)",
    });

    /// <summary>Reads a cursor; the beginning where there is none.</summary>
    public static (long Rank, string? Worker) Read(string? cursor)
    {
        if (cursor is null)
            return (0, null);
        var at = cursor.IndexOf(':', StringComparison.Ordinal);
        return at > 0 && long.TryParse(cursor.AsSpan(0, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rank)
            ? (rank, cursor[(at + 1)..])
            : throw Refusals.Invalid("That is no cursor of this list.");
    }

    public static string Cursor(WorkerView worker) => string.Create(CultureInfo.InvariantCulture, $"{worker.Rank}:{worker.WorkerId}");

    public string Select(string where, Page page)
    {
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var beyond = page.Cursor is null ? "" : $" where rank {compare} @value or (rank = @value and worker_id {compare} @cursor)";
        return $"""
            select * from (
              select {WorkerView.Columns}, {_rank} as rank from workers left join (
                select worker_id as of_worker, sum(agreed + gold_right) as hits_of, sum(judged + gold_judged) as judged_of, cast(sum(answers) as bigint) as answers_of from reliability group by worker_id
              ) totals on of_worker = worker_id where {where}
            ) ranked{beyond} order by rank {order}, worker_id {order} limit @limit
            """;
    }

    // As Trust.Skill has it.
    private static string Millionths { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"cast(round(1000000 * coalesce(reliability_override, ({OnlineBayes.K + Trust.PriorRight:F2} + hits_of) / ({(2 * OnlineBayes.K) + Trust.PriorJudged:F2} + judged_of))) as bigint)");
}
