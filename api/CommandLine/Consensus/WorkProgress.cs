using Spectre.Console;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>A progress bar on a terminal, on standard error; nothing in a pipe.</summary>
internal static class WorkProgress
{
    public static T Show<T>(string title, Func<IProgress<double>, T> work)
    {
        if (Console.IsErrorRedirected) return work(new Silent());

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(enabled: true).Start(context =>
        {
            var task = context.AddTask(title, maxValue: 1);
            return work(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
            // A pipe has no use for it.
        }
    }
}
