using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Labels;
using Crowd.Domain;

namespace Crowd.Api.Tasks;

/// <summary>Which tasks of a job are wanted; every condition that is given must hold.</summary>
internal sealed record TaskFilter(
    TaskState? Stage, string? ExternalId, AnswerInput? Label, double? LeastConfidence, double? MostConfidence, DecidedBy? DecidedBy, string? Search)
{
    private const int MostSearched = 100_000;
    private const int SearchLength = 200;

    /// <summary>The condition on rows of the table of tasks.</summary>
    public string Where
    {
        get
        {
            var conditions = new List<string> { "job_id = @job" };
            if (Stage is { } stage)
                conditions.Add($"stage = '{stage.ToString().ToLowerInvariant()}'");
            if (ExternalId is not null)
                conditions.Add("external_id = @externalId");
            if (Label is not null)
                conditions.Add("coalesce(final_label, label) = @label");
            if (LeastConfidence is not null)
                conditions.Add("coalesce(final_confidence, confidence) >= @least");
            if (MostConfidence is not null)
                conditions.Add("coalesce(final_confidence, confidence) <= @most");
            if (DecidedBy is not null)
                conditions.Add("decided_by = @decidedBy");
            if (!string.IsNullOrWhiteSpace(Search))
            {
                conditions.Add(
                    $"""
                    task_id in (select t.task_id from (select task_id, external_id, input_hash from tasks where job_id = @job order by task_id limit {MostSearched}) t
                    join inputs i on i.hash = t.input_hash where lower(i.input) like @search escape '!' or lower(t.external_id) like @search escape '!')
                    """);
            }

            return string.Join(" and ", conditions);
        }
    }

    /// <summary>What the condition compares with.</summary>
    public object Parameters(string job)
    {
        if (Search?.Length > SearchLength)
            throw Refusals.Invalid($"search: give at most {SearchLength} characters.");
        return new
        {
            job,
            externalId = ExternalId,
            label = Label is null ? null : JsonSerializer.Serialize(Label.ToDomain(), DomainJson.Default.Answer),
            least = LeastConfidence,
            most = MostConfidence,
            decidedBy = DecidedBy is { } by ? JsonNamingPolicy.CamelCase.ConvertName(by.ToString()) : null,
            search = Pattern(),
        };
    }

    private string? Pattern() => Search is null
        ? null
        : $"%{Search.Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
