using System.Net;
using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Processes;

/// <summary>
/// A worker's program that works on while its server is killed. What was not acknowledged it sends again, the same assignment with the same answer, the same
/// payout under the same id, until it is.
/// </summary>
internal sealed class LoadClient(int number, string worker, Person program, string job, LoadCounts counts)
{
    public const long PayMicros = 100_000;
    public const long PayoutMicros = 1_000_000;

    private const int AtOnce = 4;
    private const int AnswersPerPayout = 20;

    public string Worker => worker;

    public Person Program => program;

    /// <summary>Answers that the server acknowledged, by assignment.</summary>
    public Dictionary<string, string> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Payouts that the server acknowledged.</summary>
    public List<string> Payouts { get; } = [];

    /// <summary>Works until told to stop; what was begun is brought to its end.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (work, _) = await UntilAcknowledgedAsync("mutation($job: ID!, $count: Int!) { requestWork(job: $job, count: $count) { id } }", new { job, count = AtOnce });
            foreach (var assignment in work.EnumerateArray().Select(w => w.GetProperty("id").GetString()!))
            {
                await AnswerAsync(assignment);
                if (Acknowledged.Count % AnswersPerPayout == 0)
                    await CashOutAsync($"pay_{number:D2}{Acknowledged.Count:D24}");
            }
        }
    }

    private async Task AnswerAsync(string assignment)
    {
        var choice = assignment.Sum(c => c) % 2 == 0 ? "cat" : "dog";
        var (receipt, sent) = await UntilAcknowledgedAsync(
            "mutation($assignment: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $assignment, answer: $answer) { assignment repeated } }",
            new { assignment, answer = new { choice } });
        Acknowledged.Add(assignment, choice);
        counts.Acknowledge(sent > 1, receipt.GetProperty("repeated").GetBoolean());
    }

    private async Task CashOutAsync(string payout)
    {
        var (paid, _) = await UntilAcknowledgedAsync(
            "mutation($payout: ID!, $micros: Long!) { requestPayout(payout: $payout, amountMicros: $micros) }", new { payout, micros = PayoutMicros });
        Assert.Equal(payout, paid.GetString());
        Payouts.Add(payout);
    }

    private async Task<(JsonElement Value, int Sent)> UntilAcknowledgedAsync(string document, object variables)
    {
        for (var sent = 1; ; sent++)
        {
            try
            {
                var (status, root) = await program.TryAsync(document, variables);
                if (status == HttpStatusCode.OK && !root.TryGetProperty("errors", out _))
                    return (root.GetProperty("data").EnumerateObject().Single().Value, sent);
                var code = root.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : root.GetProperty("code").GetString();
                Assert.True(code is "UNAVAILABLE" or "OUTCOME_UNKNOWN", $"{(int)status}: {root}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                // The server was killed before or after it had heard: only sending again tells.
            }

            await Task.Delay(10);
        }
    }
}

/// <summary>What all clients together have done.</summary>
internal sealed class LoadCounts
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _target = long.MaxValue;

    /// <summary>Answers acknowledged.</summary>
    public long Answers { get; private set; }

    /// <summary>Answers that had to be sent more than once.</summary>
    public long SentAgain { get; private set; }

    /// <summary>Answers of which the server said that it had them already: only the reply had been lost.</summary>
    public long Repeated { get; private set; }

    public void Acknowledge(bool sentAgain, bool repeated)
    {
        lock (_lock)
        {
            Answers++;
            SentAgain += sentAgain ? 1 : 0;
            Repeated += repeated ? 1 : 0;
            if (Answers >= _target)
                _reached.TrySetResult();
        }
    }

    /// <summary>Completes when so many more answers were acknowledged.</summary>
    public Task WaitForAsync(int more)
    {
        lock (_lock)
        {
            _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _target = Answers + more;
            return _reached.Task;
        }
    }
}
