using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Api.Demo;

/// <summary>A worker that fetches work and answers over HTTP like any other client.</summary>
/// <param name="api">The worker's client.</param>
/// <param name="name">The worker's id.</param>
internal abstract class SimulatedWorker(ApiClient api, string name)
{
    private const string Take = "mutation($job: ID!, $count: Int!) { requestWork(job: $job, count: $count) { id input } }";
    private const string Answer = "mutation($assignment: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $assignment, answer: $answer) { repeated } }";
    private const int AtOnce = 3;

    public string Name => name;

    public ApiClient Client => api;

    /// <summary>How it takes tasks.</summary>
    protected virtual string TakeDocument => Take;

    /// <summary>How it answers one.</summary>
    protected virtual string AnswerDocument => Answer;

    /// <summary>Has all its earnings paid out, if they are enough for a payout.</summary>
    public async Task PayOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.SendAsync("mutation { requestPayout }", null, cancellationToken);
        }
        catch (ApiRefusal refusal) when (refusal.Code == "INSUFFICIENT_FUNDS")
        {
            // It earned less than the least payout.
        }
    }

    /// <summary>Works until there is nothing more for it; says how many answers it gave in this turn.</summary>
    public async Task<int> WorkAsync(string job, Action<int> answered, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            JsonElement work;
            try
            {
                work = (await api.SendAsync(TakeDocument, new() { ["job"] = job, ["count"] = AtOnce }, cancellationToken)).GetProperty("requestWork");
            }
            catch (ApiRefusal refusal) when (refusal.Code is "NO_WORK" or "WORKER_CAP_REACHED" or "WORKER_EXCLUDED" or "JOB_STATUS")
            {
                return total;
            }

            foreach (var one in work.EnumerateArray())
            {
                await api.SendAsync(AnswerDocument, new() { ["assignment"] = one.GetProperty("id").GetString(), ["answer"] = AnswerTo(one.GetProperty("input")) }, cancellationToken);
                total++;
                answered(1);
            }
        }
    }

    /// <summary>What it answers to a task with such an input.</summary>
    protected abstract JsonObject AnswerTo(JsonElement input);
}
