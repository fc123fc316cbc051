using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="IGateGrain"/>
/// <remarks>It owns no events. Times are kept in memory and read from the table of decisions when it is activated; the keeper sees that it is.</remarks>
[Reentrant]
internal sealed partial class GateGrain(EventLog log, TimeProvider time, ILogger<GateGrain> logger) : Grain, IGateGrain
{
    /// <summary>Decisions that are seen to at the same time.</summary>
    private const int Together = 64;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    /// <summary>Calls that an activation before this one made have ended by then: what they committed is in the tables.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly PriorityQueue<DecisionId, DateTimeOffset> _due = new();

    /// <summary>When each decision is looked at next.</summary>
    private readonly Dictionary<DecisionId, DateTimeOffset> _watched = [];

    private long _activatedAt;
    private bool _foundLate;
    private HashSet<(string Model, string Version)> _approved = [];
    private IGrainTimer? _timer;
    private bool _ticking;

    private JobId Job => JobId.From(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activatedAt = time.GetTimestamp();
        await RefreshModelsAsync();
        await ReadWaitingAsync();
    }

    private async Task ReadWaitingAsync()
    {
        await foreach (var row in RowsAsync(DecisionsTable.Table, [("job_id", Job.Value), ("waiting", 1)]))
            Note(DecisionId.From(row.Key[0].Text), Instants.FromMicroseconds(row.Columns[DecisionsTable.Due].Integer));
    }

    public async Task<Outcome<DecisionSight>> RequestAsync(DecisionDraft draft, string actor)
    {
        var sight = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSightAsync();
        if (sight.Spec is not { } spec)
            return Reject.NotFound("such job");
        var checkedRequest = Check(draft, spec.Schema);
        if (!checkedRequest.Accepted)
            return checkedRequest.Rejection;
        var request = checkedRequest.Value;
        var id = DecisionId.Of(Job, draft.Key);
        var policy = spec.Loop ?? new LoopPolicy();
        var routing = Route(policy, spec.Schema, await VocabularyAsync(policy), new(id.Value, draft.Input, null, [request.Prediction]), request.Prediction);
        var order = new DecisionOrder(sight, Job, request, draft.Input, routing, Fresh: sight.Status == JobStatus.Open, actor);
        try
        {
            return Keep(await OrderAsync(id, order));
        }
        catch (Exception)
        {
            Note(id, log.Now + TickInterval); // whether it was taken is not known: it is looked at soon
            throw;
        }
    }

    public Task WatchAsync(DecisionId decision, DateTimeOffset due)
    {
        Note(decision, due);
        return Task.CompletedTask;
    }

    /// <summary>Decisions may have been committed for an activation before this one after this one had read the tables: they are found once those calls have ended.</summary>
    public async Task WakeAsync()
    {
        if (_foundLate)
            return;
        var isLate = time.GetElapsedTime(_activatedAt) >= Grace;
        await ReadWaitingAsync();
        _foundLate = isLate;
    }

    public async Task RefreshModelsAsync()
    {
        var approved = new HashSet<(string, string)>();
        await foreach (var row in RowsAsync(ModelsTable.Table, [("job_id", Job.Value)]))
        {
            if (row.Columns[ModelsTable.Status].Text == "approved")
                approved.Add((row.Key[1].Text, row.Key[2].Text));
        }

        _approved = approved;
    }

    /// <summary>A decision that was asked for before has events: then the commit fails, and it is asked again with a replay.</summary>
    private async Task<Outcome<DecisionSight>> OrderAsync(DecisionId id, DecisionOrder order)
    {
        var grain = GrainFactory.GetGrain<IDecisionGrain>(id.Value);
        try
        {
            return await grain.RequestAsync(order);
        }
        catch (InconsistentStateException)
        {
            return await grain.RequestAsync(order with { Fresh = false });
        }
    }

    private Outcome<DecisionSight> Keep(Outcome<DecisionSight> outcome)
    {
        if (outcome is { Accepted: true, Value: { State.Due: { } due } sight })
            Note(sight.Id, due);
        return outcome;
    }

    private static Outcome<DecisionRequest> Check(DecisionDraft draft, LabelSchema schema)
    {
        if (draft.Key is not { Length: >= 1 and <= DecisionDecider.KeyLength })
            return Reject.Invalid([new("key", "length", $"give a key of 1 to {DecisionDecider.KeyLength} characters, another for each decision.")]);
        var bytes = Encoding.UTF8.GetBytes(draft.Input);
        if (bytes.Length > TaskInput.MaxBytes)
            return Reject.Invalid([new("input", "length", $"give at most {TaskInput.MaxBytes} bytes.")]);
        using var json = JsonDocument.Parse(bytes);
        var input = TaskInput.Of(json.RootElement);
        if (schema.CheckInput(input) is { Count: > 0 } lacking)
            return Reject.Invalid(lacking);
        if (draft.Prediction.Check(schema, input) is { Count: > 0 } wrong)
            return Reject.Invalid([.. wrong.Select(v => v with { Path = $"prediction.{v.Path}" })]);
        var prediction = draft.Prediction.Normalise(schema);
        var content = SHA256.HashData([.. bytes, (byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(prediction, DomainJson.Default.Prediction)]);
        return new DecisionRequest(draft.Key, Convert.ToHexStringLower(SHA256.HashData(bytes)), Convert.ToHexStringLower(content), prediction);
    }

    private void Note(DecisionId decision, DateTimeOffset due)
    {
        if (_watched.TryGetValue(decision, out var sooner) && sooner <= due)
            return;
        _watched[decision] = due;
        _due.Enqueue(decision, due);
        _timer ??= this.RegisterGrainTimer(TickAsync, new() { DueTime = TickInterval, Period = TickInterval, Interleave = true, KeepAlive = true });
    }

    /// <summary>Once a second while anything is watched: has those decisions go on whose time has come.</summary>
    private async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_ticking)
            return;
        _ticking = true;
        try
        {
            while (_due.TryPeek(out _, out var first) && first <= log.Now)
            {
                var now = log.Now;
                var ready = new HashSet<DecisionId>();
                while (ready.Count < Together && _due.TryPeek(out var decision, out var due) && due <= now)
                {
                    _due.Dequeue();
                    _watched.Remove(decision);
                    ready.Add(decision);
                }

                await Task.WhenAll(ready.Select(PassAsync));
            }
        }
        finally
        {
            _ticking = false;
        }

        if (_due.Count > 0)
            return;
        _timer?.Dispose();
        _timer = null;
    }

    private async Task PassAsync(DecisionId decision)
    {
        try
        {
            if (await GrainFactory.GetGrain<IDecisionGrain>(decision.Value).PassAsync() is { } due)
                Note(decision, due > log.Now + TickInterval ? due : log.Now + TickInterval);
        }
        catch (Exception e)
        {
            LogNotPassed(e, decision.Value);
            Note(decision, log.Now + TickInterval);
        }
    }

    private IAsyncEnumerable<Row> RowsAsync(Table table, (string Column, Value Value)[] where) => log.Journal.ReadAllAsync(table, where, CancellationToken.None);

    [LoggerMessage(5002, LogLevel.Warning, "{Decision}: it could not be seen to; tried again in a second.")]
    private partial void LogNotPassed(Exception exception, string decision);
}
