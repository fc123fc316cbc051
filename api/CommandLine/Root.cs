using System.CommandLine;
using Crowd.Api.Bench;

namespace Crowd.Api.CommandLine;

/// <summary>The command line: <c>serve</c>, <c>demo</c>, <c>verify</c>, <c>aggregate</c>, <c>agreement</c>, <c>bench</c>. Without arguments: the demo, then serving.</summary>
internal static class Root
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Crowd: labelling jobs, done by people, with a stated confidence.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            VerifyCommand.Create(),
            new Command("bench", "Measure.") { LoadBench.Create(), ScaleBench.Create(), ImportBench.Create() },
        };
        return root.Parse(args.Length == 0 ? ["demo"] : args).InvokeAsync();
    }
}
