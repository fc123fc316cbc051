using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Silo.Verification;

/// <summary>What one walk through the log can tell.</summary>
internal sealed class LogChecks
{
    private const int LongStream = 400;

    private readonly Tally _positions = new("positions have no holes");
    private readonly Tally _versions = new("versions have no holes");
    private readonly Tally _replay = new("every stream replays");
    private readonly Tally _paid = new("every accepted answer is paid once");
    private readonly Tally _released = new("no decision is released twice");
    private readonly HashSet<string> _out = new(StringComparer.Ordinal);
    private readonly Tally _answers = new("one answer of a worker on a task");
    private readonly Dictionary<string, long> _version = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<AssignmentId, long> _offered = [];
    private readonly HashSet<AssignmentId> _accepted = [];
    private readonly HashSet<(TaskId, WorkerId, bool Again)> _answered = [];
    private long _last;

    /// <summary>Credits and debits of each account by currency, from the log alone.</summary>
    public Dictionary<(string Account, string Currency), (long Credits, long Debits)> Accounts { get; } = [];

    /// <summary>Streams that are long enough to have a snapshot.</summary>
    public IEnumerable<string> LongStreams => _version.Where(v => v.Value >= LongStream).Select(v => v.Key);

    /// <summary>Whether the exception says that an event or a snapshot is not what it should be, rather than that the database failed.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is InvalidOperationException or System.Text.Json.JsonException or ArgumentException or IndexOutOfRangeException;

    /// <summary>Takes the next event.</summary>
    public void Take(StoredEvent stored)
    {
        _positions.Want(stored.Position == _last + 1, () => $"{stored.Position} follows {_last}");
        _last = stored.Position;
        var before = _version.GetValueOrDefault(stored.Stream);
        _versions.Want(stored.Version == before + 1, () => $"{stored.Stream}: {stored.Version} follows {before}");
        _version[stored.Stream] = stored.Version;

        DomainEvent e;
        try
        {
            e = EventTypes.Read(stored.Type, stored.Data.Span);
            Apply(stored, e);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            _replay.Fault($"{stored.Stream} version {stored.Version} ({stored.Type}): {broken.Message}");
            return;
        }

        if (e is DecisionEvent.Released)
            _released.Want(_out.Add(stored.Stream), () => $"{stored.Stream} at version {stored.Version}");
        foreach (var transfer in LedgerRules.TransfersOf(e))
            Post(transfer);
        Pay(e);
    }

    /// <summary>The results.</summary>
    public IReadOnlyList<Check> Results(long lastPosition)
    {
        _positions.Want(_last == lastPosition, () => $"the log ends at {lastPosition}, {_last} was read");
        _replay.Examine(_version.Count);
        return [_positions.Result(), _versions.Result(), _replay.Result(), _answers.Result(), _paid.Result(), _released.Result()];
    }

    private void Apply(StoredEvent stored, DomainEvent e)
    {
        _states.TryGetValue(stored.Stream, out var state);
        var next = Replay.Apply(state, e, stored.At);
        if (next is not null)
            _states[stored.Stream] = next;
    }

    private void Post(Transfer t)
    {
        var debited = Accounts.GetValueOrDefault((t.Debit, t.Currency.Code));
        Accounts[(t.Debit, t.Currency.Code)] = (debited.Credits, debited.Debits + t.AmountMicros);
        var credited = Accounts.GetValueOrDefault((t.Credit, t.Currency.Code));
        Accounts[(t.Credit, t.Currency.Code)] = (credited.Credits + t.AmountMicros, credited.Debits);
    }

    private void Pay(DomainEvent e)
    {
        switch (e)
        {
            case TaskEvent.Offered o:
                _offered[o.Assignment] = o.PayMicros;
                break;
            case TaskEvent.Submitted s:
                _answers.Want(_answered.Add((s.Assignment.Task, s.Worker, s.Consistent is not null)), () => $"{s.Worker} answered {s.Assignment.Task} twice");
                break;
            case TaskEvent.Settled settled:
                foreach (var one in settled.Settlements.Where(s => s.Accepted))
                {
                    _paid.Want(_accepted.Add(one.Assignment), () => $"{one.Assignment} was paid twice");
                    if (_offered.GetValueOrDefault(one.Assignment, -1) != one.PayMicros)
                        _paid.Fault($"{one.Assignment} was paid {one.PayMicros} micros, not what was offered");
                }

                break;
        }
    }
}
