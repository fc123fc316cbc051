using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;

namespace Crowd.Api.Jobs;

/// <summary>Reads jobs for those who may see them.</summary>
public sealed class JobReads(Reads reads)
{
    internal const string Columns =
        "job_id, requester_id, title, status as status_text, spec, loop as loop_json, currency, created_at, opened_at, closed_at, tasks, gold_tasks, decided, answers, accepted, rejected, spent, reserved, held, returned, given_up, pause_reason";

    /// <summary>The job; refused when it is not there or not for the caller's eyes, in the same words, so that ids cannot be probed.</summary>
    public async Task<Job> ForReaderAsync(JobId id, Caller caller, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var job = await FindAsync(id, cancellationToken);
        return job is not null && caller.MayRead(job.Requester) ? job : throw Refusals.NotFound("such job, or you may not see it");
    }

    /// <summary>The job, which the caller must run in at least the role.</summary>
    public async Task<Job> ForMemberAsync(JobId id, Caller caller, MemberRole least, CancellationToken cancellationToken)
    {
        var job = await ForReaderAsync(id, caller, cancellationToken);
        caller.RequireMember(job.Requester, least);
        return job;
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<Job>($"select {Columns} from jobs where job_id = @id", new { id = id.Value }, cancellationToken);
}
