using Microsoft.Extensions.Logging;

namespace Crowd.Simulation;

/// <summary>What the grains log, on the console, when CROWD_LOG is set: for whoever replays a seed.</summary>
internal sealed class PrintedLog<T> : ILogger<T>
{
    private static readonly bool IsWanted = Environment.GetEnvironmentVariable("CROWD_LOG") is { Length: > 0 };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => IsWanted;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsWanted)
            Console.WriteLine($"{formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
    }
}
