using Crowd.Api.CommandLine.Consensus;
using Crowd.Api.CommandLine.Consensus.Benchmark;

namespace Crowd.Api.Tests.Consensus;

/// <summary>Public translations with known truth, beside the repository.</summary>
public sealed class PublicTextTests
{
    [SkippableTheory]
    [InlineData("wsa_j1", .614)]
    [InlineData("wsa_t1", .600)]
    public void Word_by_word_voting_errs_less_than_published(string name, double published)
    {
        var set = Root() is { } root ? TruthSet.Read(root, name, LabelType.Text) : null;
        Skip.If(set is null, $"the public set {name} is not beside the repository; left out: its word error rate");

        var rows = AggregateCommand.Run(set!.Table, LabelType.Text, "rover", new AggregationInputs()).Rows.ToList();

        var errors = OtherTrials.SpacedErrors(set, rows);
        Assert.True(errors < published, $"{errors}");
    }

    private static string? Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Crowd.sln")))
                return Path.Combine(at.FullName, "..", "shared", "data", "truth");
        }

        return null;
    }
}
