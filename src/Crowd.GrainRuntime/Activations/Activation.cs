using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime;

/// <summary>
/// A grain in memory: the instance, its mailbox and its scheduler. Goes one way: new, activating, active, draining (running calls
/// finish, waiting ones stay), ended (waiting calls move to the next activation of the key).
/// </summary>
/// <remarks>
/// The mailbox is guarded by a lock that is never held while grain code runs. A call is running from its first piece to the end of the
/// task that the grain returned; the scheduler sees to it that the pieces of all running calls come one after another.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Its token sources live as long as it does and are let go when it ends.")]
internal sealed partial class Activation : CallTarget, IGrainContext
{
    [ThreadStatic]
    private static Activation? _underConstruction;

    private readonly Lock _gate = new();
    private readonly TurnScheduler _turns;
    private readonly Queue<Call> _waiting = [];
    private readonly TaskCompletionSource _deactivated;
    private readonly CancellationTokenSource _ending = new();
    private Stage _stage = Stage.New;
    private bool _hasServed;
    private int _running;
    private int _blocking;
    private int _blockingWriters;

    public Activation(GrainHost host, GrainClass grainClass, string key)
    {
        Host = host;
        Class = grainClass;
        Key = key;
        Number = host.NextActivationNumber();
        _deactivated = new TaskCompletionSource(host.CompletionOptions);
        _turns = new TurnScheduler(host.Options.TurnScheduler, host.TurnsPerSlice);
    }

    private enum Stage
    {
        New,
        Activating,
        Active,
        Draining,
        Ended,
    }

    /// <summary>The activation whose grain's constructor runs on this thread, else null.</summary>
    public static Activation? UnderConstruction => _underConstruction;

    public GrainHost Host { get; }

    public GrainClass Class { get; }

    public string Key { get; }

    /// <summary>Counts the activations of the host, from 1.</summary>
    public long Number { get; }

    public GrainId GrainId => GrainId.Create(Class.GrainType, Key);

    public GrainReference GrainReference => Class.Reference(Host, Key);

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Host.Services;

    public Task Deactivated => _deactivated.Task;

    /// <summary>How many calls wait or run: what stateless workers are chosen by.</summary>
    public int Load
    {
        get
        {
            lock (_gate) return _waiting.Count + _running;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => GrainId.ToString();

    public override bool TryAccept(Call call)
    {
        lock (_gate)
        {
            if (_stage == Stage.Ended) return false;
            if (_stage == Stage.New && Host.HasStopped) return RefuseForEver(call);
            var hasRoom = _waiting.Count + _running <= Host.Options.MailboxLimit;
            if (hasRoom && MayBegin(call.Method) && (_waiting.Count == 0 || call.Method.AlwaysInterleave))
            {
                Begin(call);
                _turns.Post(call);
                return true;
            }

            if (hasRoom)
            {
                call.Target = this;
                _waiting.Enqueue(call);
                Host.Metrics.Queued(1);
                if (_stage == Stage.New)
                {
                    _stage = Stage.Activating;
                    _turns.Post(new ActivationTurn(this));
                }

                return true;
            }
        }

        Host.Metrics.Refused(Class);
        call.TryFail(new LimitExceededException(
            $"{GrainId} has as many calls as it may: {Host.Options.MailboxLimit} beside one that runs ({nameof(GrainRuntimeOptions.MailboxLimit)})."));
        return true;
    }

    public override bool TryRunInline(Call call)
    {
        lock (_gate)
        {
            if (_stage != Stage.Active || _waiting.Count > 0 || _running > Host.Options.MailboxLimit) return false;
            if (!MayBegin(call.Method) || !_turns.TryClaim()) return false;
            Begin(call);
        }

        CleanContext.Run(static work => work.Turns.RunClaimed(work.Call), (Turns: _turns, Call: call));
        return true;
    }

    /// <summary>A running call has come to its end.</summary>
    public void Finished(Call call, Exception? exception)
    {
        lock (_gate)
        {
            if (!call.Method.AlwaysInterleave)
            {
                _blocking--;
                if (!call.Method.ReadOnly) _blockingWriters--;
            }

            _running--;
            if (!call.Method.KeepsIdle) _usedSinceLook = true;
            if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
            {
                inconsistent.IsSourceActivation = false;
                Drain(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, "A call found the state inconsistent."));
            }

            BeginWaiting();
        }
    }

    /// <summary>The runtime has stopped since the call was let in: nothing is to come to life any more.</summary>
    private bool RefuseForEver(Call call)
    {
        _stage = Stage.Ended;
        Class.Remove(this);
        call.TryFail(new SiloUnavailableException("The grain runtime has stopped."));
        return true;
    }

    /// <summary>Whether a call of this method may begin beside those that run.</summary>
    private bool MayBegin(GrainMethod method) => _stage switch
    {
        // What drains may still need to be called back by those that it waits for.
        Stage.Draining => method.AlwaysInterleave && _running > 0,
        Stage.Active => _blocking == 0 || Class.Reentrant || method.AlwaysInterleave || (method.ReadOnly && _blockingWriters == 0),
        _ => false,
    };

    private void Begin(Call call)
    {
        call.Target = this;
        _hasServed = true;
        _running++;
        if (call.Method.AlwaysInterleave) return;
        _blocking++;
        if (!call.Method.ReadOnly) _blockingWriters++;
    }

    /// <summary>Begins the waiting calls that may, in order up to the first that may not; or the end, when nothing runs any more.</summary>
    private void BeginWaiting()
    {
        if (_stage == Stage.Draining)
        {
            if (_running == 0) BeginEnd();
            return;
        }

        while (_waiting.TryPeek(out var call) && MayBegin(call.Method))
        {
            _waiting.Dequeue();
            Host.Metrics.Queued(-1);
            Begin(call);
            _turns.Post(call);
        }
    }
}
