using Microsoft.AspNetCore.Http;

namespace Crowd.GraphQL;

/// <summary>What resolvers may ask of the request they serve. Lives as long as the request, or as one event of a subscription.</summary>
public sealed class RequestContext
{
    private readonly IReadOnlyList<object> _state;
    private readonly Dictionary<Type, object> _created = [];

    internal RequestContext(IServiceProvider services, IReadOnlyList<object> state, CancellationToken cancellationToken)
    {
        Services = services;
        _state = state;
        Cancellation = cancellationToken;
    }

    /// <summary>The request's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Cancelled when the client leaves or the time limit is reached.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The HTTP request, or that which opened the socket; null when executed in process.</summary>
    public HttpContext? Http => Find<HttpContext>();

    internal Execution.OperationExecution? Execution { get; set; }

    /// <summary>An object given with the request, by type.</summary>
    public T? Find<T>()
        where T : class
    {
        foreach (var item in _state)
        {
            if (item is T found)
            {
                return found;
            }
        }

        return null;
    }

    internal T Service<T>()
        where T : notnull => (T)(Services.GetService(typeof(T)) ?? throw new InvalidOperationException($"The service {typeof(T)} is not registered."));

    /// <summary>One instance a request: loaders and registered context objects.</summary>
    internal T Single<T>(Func<RequestContext, T> create)
        where T : notnull
    {
        lock (_created)
        {
            if (!_created.TryGetValue(typeof(T), out var value))
            {
                value = create(this);
                _created[typeof(T)] = value;
            }

            return (T)value;
        }
    }

    internal RequestContext ForEvent() => new(Services, _state, Cancellation);
}
