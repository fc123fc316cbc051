using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Silo.Verification;

/// <summary>Folds streams of any kind.</summary>
internal static class Replay
{
    /// <summary>The state after an event, from the state before it or null at the beginning; null for streams without a state.</summary>
    public static object? Apply(object? state, DomainEvent e, DateTimeOffset at) => e switch
    {
        JobEvent job => ((JobState?)state ?? new()).Apply(job),
        TaskEvent task => ((TaskState?)state ?? new()).Apply(task, at),
        WorkerEvent worker => ((WorkerState?)state ?? new()).Apply(worker),
        RequesterEvent requester => ((RequesterState?)state ?? new()).Apply(requester),
        ExamEvent exam => ((ExamState?)state ?? new()).Apply(exam),
        PayoutEvent payout => ((PayoutState?)state ?? new()).Apply(payout, at),
        TopUpEvent topUp => ((TopUpState?)state ?? new()).Apply(topUp, at),
        RefundEvent refund => ((RefundState?)state ?? new()).Apply(refund, at),
        InboxEvent inbox => ((InboxState?)state ?? new()).Apply(inbox),
        AccountEvent account => ((AccountState?)state ?? new()).Apply(account),
        AlertEvent alert => ((AlertState?)state ?? new()).Apply(alert),
        ModelEvent model => ((ModelsState?)state ?? new()).Apply(model),
        DecisionEvent decision => ((DecisionState?)state ?? new()).Apply(decision),
        _ => null,
    };

    /// <summary>JSON of the stream's state at the version, from its events alone; null for streams without a state.</summary>
    public static async Task<byte[]?> StateAsync(IJournal journal, string stream, long version, CancellationToken cancellationToken)
    {
        object? state = null;
        await foreach (var e in journal.ReadStreamAsync(stream, 0, cancellationToken))
        {
            if (e.Version > version)
                break;
            state = Apply(state, EventTypes.Read(e.Type, e.Data.Span), e.At);
        }

        return state is null ? null : JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), DomainJson.Default);
    }
}
