using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Crowd.GraphQL.Tests.Transports;

/// <summary>Subscriptions that tests drive by mutations.</summary>
public sealed class Hub
{
    private readonly Lock _turn = new();
    private readonly List<Channel<int>> _channels = [];
    private int _endless;

    public int EndlessRunning => _endless;

    public int Listeners
    {
        get
        {
            lock (_turn)
            {
                return _channels.Count;
            }
        }
    }

    public bool Publish(int value)
    {
        lock (_turn)
        {
            return _channels.TrueForAll(channel => channel.Writer.TryWrite(value));
        }
    }

    public bool Finish()
    {
        lock (_turn)
        {
            return _channels.TrueForAll(channel => channel.Writer.TryComplete());
        }
    }

    public async IAsyncEnumerable<int> Listen([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<int>();
        lock (_turn)
        {
            _channels.Add(channel);
        }

        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return value;
            }
        }
        finally
        {
            lock (_turn)
            {
                _channels.Remove(channel);
            }
        }
    }

    public async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _endless);
        try
        {
            yield return 1;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _endless);
        }
    }
}

public sealed class HubQuery
{
    public int Listeners(Hub hub) => hub.Listeners;

    public int EndlessRunning(Hub hub) => hub.EndlessRunning;
}

public sealed class HubMutation
{
    public bool Publish(int value, Hub hub) => hub.Publish(value);

    public bool Finish(Hub hub) => hub.Finish();
}


public sealed class HubSubscription
{
    public IAsyncEnumerable<int> Values(Hub hub, CancellationToken cancellationToken) => hub.Listen(cancellationToken);

    public IAsyncEnumerable<int> Endless(Hub hub, CancellationToken cancellationToken) => hub.Endless(cancellationToken);

    public IAsyncEnumerable<int> Refused() => throw new GraphQLException("No.", "REFUSED");

    public async IAsyncEnumerable<int> CountTo(int limit)
    {
        for (var i = 1; i <= limit; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public async IAsyncEnumerable<int> Failing()
    {
        yield return 1;
        await Task.Yield();
        throw new GraphQLException("Broke off.", "BROKEN");
    }
}
