using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Demo;

internal sealed partial class DemoRun
{
    private async Task<DemoReport> MeasureAsync(
        ApiClient requester, string job, long funded, double perSecond, List<DemoWorker> workers, CancellationToken cancellationToken)
    {
        var (decided, right, majorityRight, answers) = (0, 0, 0, 0);
        var kinds = workers.ToDictionary(w => w.Name, w => w.Kind, StringComparer.Ordinal);
        var earned = new Dictionary<string, long>(StringComparer.Ordinal);
        var byKind = Staff.ToDictionary(s => s.Kind, s => new KindResult(s.Count, 0, 0, 0));
        await foreach (var task in TasksAsync(requester, job, cancellationToken))
        {
            var truth = tasks.Truth[DemoTasks.KeyOf(task.GetProperty("input"))];
            var votes = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var assignment in task.GetProperty("assignments").EnumerateArray().Where(a => a.GetProperty("answer").ValueKind == JsonValueKind.Object))
            {
                answers++;
                var choice = assignment.GetProperty("answer").GetProperty("choice").GetString()!;
                votes[choice] = votes.GetValueOrDefault(choice) + 1;
                var worker = assignment.GetProperty("worker").GetString()!;
                var kind = kinds[worker];
                earned[worker] = earned.GetValueOrDefault(worker) + assignment.GetProperty("paidMicros").GetInt64();
                var sum = byKind[kind];
                byKind[kind] = sum with
                {
                    Answers = sum.Answers + 1,
                    Accepted = sum.Accepted + (assignment.GetProperty("status").GetString() == "ACCEPTED" ? 1 : 0),
                    PaidMicros = sum.PaidMicros + assignment.GetProperty("paidMicros").GetInt64(),
                };
            }

            if (task.GetProperty("stage").GetString() != "DECIDED")
                continue;
            decided++;
            right += task.GetProperty("label").GetProperty("choice").GetString() == truth ? 1 : 0;
            majorityRight += votes.MaxBy(v => (v.Value, -tasks.Labels.ToList().IndexOf(v.Key))).Key == truth ? 1 : 0;
        }

        var agreement = await requester.SendAsync("query($job: ID!) { job(id: $job) { agreement { krippendorffAlpha } } }", new() { ["job"] = job }, cancellationToken);
        var escrow = await DemoStatement.ReadAsync(requester, job, "The job's escrow", cancellationToken);
        long Sum(string kind) => escrow.Lines.Where(l => l.Kind == kind).Sum(l => -l.AmountMicros);
        var alpha = agreement.GetProperty("job").GetProperty("agreement").GetProperty("krippendorffAlpha");
        var best = workers.MaxBy(w => earned.GetValueOrDefault(w.Name))!;
        await best.PayOutAsync(cancellationToken);
        return new()
        {
            Tasks = tasks.Truth.Count,
            Decided = decided,
            Answers = answers,
            AnswersAtFixedRedundancy = tasks.Truth.Count * Redundancy,
            Accuracy = decided == 0 ? 0 : (double)right / decided,
            MajorityAccuracy = decided == 0 ? 0 : (double)majorityRight / decided,
            KrippendorffAlpha = alpha.ValueKind == JsonValueKind.Null ? null : alpha.GetDouble(),
            FundedMicros = funded,
            PaidMicros = Sum("pay"),
            FeesMicros = Sum("fee"),
            EscrowReturnedMicros = Sum("release"),
            LedgerBalanced = await Backstage.IsBalancedAsync(reads, cancellationToken),
            Statements =
            [
                await DemoStatement.ReadAsync(best.Client, best.Name, $"The worker who earned most ({best.Kind.ToString().ToLowerInvariant()})", cancellationToken),
                await DemoStatement.ReadAsync(requester, await Backstage.OrganisationAsync(requester, Organisation, cancellationToken), "The demo's organisation", cancellationToken),
            ],
            AnswersPerSecond = perSecond,
            Workers = byKind.ToDictionary(k => k.Key.ToString().ToLowerInvariant(), k => k.Value, StringComparer.Ordinal),
        };
    }

    private static async IAsyncEnumerable<JsonElement> TasksAsync(
        ApiClient requester, string job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Query =
            "query($job: ID!, $after: String) { job(id: $job) { tasks(first: 200, after: $after) { pageInfo { hasNextPage endCursor } nodes { stage input label { choice } assignments { worker status paidMicros answer { choice } } } } } }";
        string? after = null;
        bool more;
        do
        {
            var page = (await requester.SendAsync(Query, new() { ["job"] = job, ["after"] = after }, cancellationToken)).GetProperty("job").GetProperty("tasks");
            foreach (var task in page.GetProperty("nodes").EnumerateArray())
                yield return task;
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
        while (more);
    }
}
