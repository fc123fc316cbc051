using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Workers;

/// <summary>An open job as workers see it: nothing of its money, its gold or its results.</summary>
[GraphQLName("Listing")]
public sealed record Listing
{
    /// <summary>The job; ask for its work with it.</summary>
    public required JobId Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Instructions { get; init; }

    /// <summary>Tasks with their right answers, to learn from.</summary>
    public required IReadOnlyList<JobExampleView> Examples { get; init; }

    public required SchemaView Schema { get; init; }

    /// <summary>The organisation's name.</summary>
    public required string Requester { get; init; }

    /// <summary>Pay for an accepted answer, in millionths of the currency's unit.</summary>
    public required long PayMicros { get; init; }

    public required string Currency { get; init; }

    /// <summary>Which answers are paid.</summary>
    public required PayFor PayFor { get; init; }

    /// <summary>How long a task is held.</summary>
    public required TimeSpan LeaseTime { get; init; }

    /// <summary>Mean seconds from offer to answer so far; null before the first answer.</summary>
    public double? MeanSeconds { get; init; }

    /// <summary>Qualifications that the job wants.</summary>
    public required IReadOnlyList<string> Qualifications { get; init; }

    /// <summary>Those of them that the caller lacks.</summary>
    public required IReadOnlyList<string> MissingQualifications { get; init; }

    /// <summary>Whether tasks are given out.</summary>
    public required bool Open { get; init; }
}

/// <summary>What there is to work on.</summary>
public static class MarketplaceQueries
{
    /// <summary>Open jobs, newest first. For workers.</summary>
    /// <param name="search">Only those with this text in the title.</param>
    /// <param name="leastPayMicros">Only those that pay at least so much for an answer.</param>
    /// <param name="qualifiedOnly">Only those whose qualifications the caller has.</param>
    public static async Task<Connection<Listing>> GetMarketplaceAsync(
        string? search, long? leastPayMicros, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken,
        bool qualifiedOnly = false)
    {
        var worker = caller.RequireWorker();
        var page = Page.From(first, after, last, before, 100);
        var mine = (await reads.ListAsync<string>("select qualification from qualifications where worker_id = @worker", new { worker = worker.Value }, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");

        // Pay and qualifications stand in the specification: jobs are read on until the page is full.
        var found = new List<Listing>();
        var cursor = page.Cursor;
        while (found.Count < page.Limit)
        {
            var rows = await reads.ListAsync<ListingRow>(
                $"""
                {ListingRow.Select}
                where j.status = 'open'{(search is null ? "" : " and lower(j.title) like @search")}{(cursor is null ? "" : $" and j.job_id {compare} @cursor")}
                order by j.job_id {order} limit 200
                """,
                new { search = $"%{search?.ToLowerInvariant()}%", cursor }, cancellationToken);
            foreach (var row in rows)
            {
                var listing = row.ToListing(mine);
                if ((leastPayMicros is null || listing.PayMicros >= leastPayMicros) && !(qualifiedOnly && listing.MissingQualifications.Count > 0) && found.Count < page.Limit)
                    found.Add(listing);
            }

            if (rows.Count < 200)
                break;
            cursor = rows[^1].JobId;
        }

        return page.Of(found, l => l.Id.Value);
    }

    /// <summary>One job that was opened, whether or not it still is. For workers.</summary>
    public static async Task<Listing> GetListingAsync(JobId job, Caller caller, ListingLoader listings)
    {
        return await listings.LoadAsync(new(caller.RequireWorker(), job)) ?? throw Refusals.NotFound("such job");
    }

    internal sealed class ListingRow
    {
        public const string Select =
            """
            select j.job_id, j.title, j.spec, j.status, r.name as requester,
              (select case when sum(answers) > 0 then 1.0 * sum(time_ms) / sum(answers) end from reliability l where l.job_id = j.job_id) as mean_ms
            from jobs j join requesters r on r.requester_id = j.requester_id
            """;

        public string JobId { get; set; } = "";

        public string Status { get; set; } = "";

        public string Title { get; set; } = "";

        public string Spec { get; set; } = "";

        public string Requester { get; set; } = "";

        public double? MeanMs { get; set; }

        public Listing ToListing(HashSet<string> qualifications)
        {
            var spec = JsonSerializer.Deserialize(Spec, DomainJson.Default.JobSpec)!;
            return new()
            {
                Id = Domain.JobId.From(JobId),
                Title = Title,
                Instructions = spec.Instructions,
                Examples = JobExampleView.Of(spec),
                Schema = SchemaView.Of(spec.Schema),
                Requester = Requester,
                PayMicros = spec.Policies.PayMicros,
                Currency = spec.Currency.Code,
                PayFor = spec.Policies.PayFor,
                LeaseTime = spec.Policies.LeaseTime,
                MeanSeconds = MeanMs / 1000,
                Qualifications = spec.Policies.Qualifications,
                Open = Status == "open",
                MissingQualifications = [.. spec.Policies.Qualifications.Where(q => !qualifications.Contains(q))],
            };
        }
    }
}

/// <summary>A job as a worker sees it.</summary>
public readonly record struct SeenJob(WorkerId Worker, JobId Job);

/// <summary>Jobs as workers see them, by id, for all assignments of a request at once. Drafts are not there.</summary>
public sealed class ListingLoader(Reads reads) : BatchLoader<SeenJob, Listing>
{
    protected override async Task<IReadOnlyDictionary<SeenJob, Listing>> LoadBatchAsync(IReadOnlyList<SeenJob> keys, CancellationToken cancellationToken)
    {
        var qualifications = (await reads.ListByIdsAsync<QualificationRow>(
            "select worker_id, qualification from qualifications where worker_id in {ids}", [.. keys.Select(k => k.Worker.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToLookup(r => r.WorkerId, r => r.Qualification, StringComparer.Ordinal);
        var rows = (await reads.ListByIdsAsync<MarketplaceQueries.ListingRow>(
            MarketplaceQueries.ListingRow.Select + " where j.status <> 'draft' and j.job_id in {ids}", [.. keys.Select(k => k.Job.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(r => r.JobId, StringComparer.Ordinal);
        return keys.Where(k => rows.ContainsKey(k.Job.Value))
            .ToDictionary(k => k, k => rows[k.Job.Value].ToListing(qualifications[k.Worker.Value].ToHashSet(StringComparer.Ordinal)));
    }

    private sealed class QualificationRow
    {
        public string WorkerId { get; set; } = "";

        public string Qualification { get; set; } = "";
    }
}
