using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime;

internal sealed partial class Activation
{
    private AsyncServiceScope? _scope;
    private bool _activated;

    /// <summary>Makes the instance, reads its state and lets the grain get ready. Runs in the grain's own turns.</summary>
    private async Task ActivateAsync()
    {
        try
        {
            _scope = Host.Services.CreateAsyncScope();
            var states = Class.MakeStates(this);
            GrainInstance = Construct(states);
            foreach (var state in states) await state.ReadStateAsync(_ending.Token);
            await ((IGrainBase)GrainInstance).OnActivateAsync(_ending.Token);
        }
        catch (Exception e)
        {
            Host.LogActivationFailed(GrainId, e);
            await EndAsync(e);
            return;
        }

        lock (_gate)
        {
            if (_stage == Stage.Ended) return;
            _activated = true;
            Host.Metrics.Activated(Class);
            // A wish to end may have come while the grain got ready: its first callers have waited long enough to go elsewhere.
            if (_stage == Stage.Activating) _stage = Stage.Active;
            LetInterleavingPass();
            BeginWaiting();
        }
    }

    private object Construct(IStorage[] states)
    {
        var outer = _underConstruction;
        _underConstruction = this;
        try
        {
            return Class.Construct(ActivationServices, states);
        }
        finally
        {
            _underConstruction = outer;
        }
    }

    /// <summary>Calls that came while the grain got ready stand in one line; those that may always begin do not stay behind others.</summary>
    private void LetInterleavingPass()
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            var call = _waiting.Dequeue();
            if (call.Method.AlwaysInterleave && MayBegin(call.Method))
            {
                Host.Metrics.Queued(-1);
                Begin(call);
                _turns.Post(call);
            }
            else
            {
                _waiting.Enqueue(call);
            }
        }
    }

    private sealed class ActivationTurn(Activation activation) : ITurn
    {
        public void Run() => _ = activation.ActivateAsync();
    }
}
