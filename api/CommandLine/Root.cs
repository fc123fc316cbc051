using System.CommandLine;
using Crowd.Api.Bench;
using Crowd.Api.CommandLine.Consensus;
using Crowd.Api.CommandLine.Consensus.Benchmark;
using Spectre.Console;

namespace Crowd.Api.CommandLine;

/// <summary>The command line: <c>serve</c>, <c>demo</c>, <c>example</c>, <c>verify</c>, <c>aggregate</c>, <c>agreement</c>, <c>bench</c>. Without arguments: the demo, then serving.</summary>
internal static class Root
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Crowd: labelling jobs, done by people, with a stated confidence.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ExampleCommand.Create(),
            VerifyCommand.Create(),
            AggregateCommand.Create(),
            AgreementCommand.Create(),
            new Command("bench", "Measure.") { LoadBench.Create(), GateBench.Create(), ScaleBench.Create(), SiloBench.Create(), ImportBench.Create(), ConsensusBenchmark.Create(), GraphQLBench.Create(), LearningBench.Create() },
        };

        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 140; // a pipe has no width of its own, and tables should not break

        // Options alone are the demo's: './run --urls …' is './run demo --urls …'.
        var isCommand = args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");
        return root.Parse(isCommand ? args : ["demo", .. args]).InvokeAsync();
    }
}
