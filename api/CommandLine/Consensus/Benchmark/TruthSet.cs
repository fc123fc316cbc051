using Crowd.Consensus.Answers;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>A public set of answers with known truth: a folder with <c>answers.csv</c> (or <c>.gz</c>) and <c>truth.csv</c>.</summary>
internal sealed record TruthSet(string Name, LabelType Type, AnswerTable Table, Dictionary<string, string> Truth)
{
    public static string[] CategoryNames { get; } =
        ["d_product", "bluebird", "temp", "zencrowd_in", "sp", "barzan", "dog", "cf", "ms", "wsd", "s_adult"];

    public CategoryAnswers Answers { get; } =
        CategoryAnswers.From(Table.Tasks, Table.Workers, Table.Labels, Table.TaskIds.Length, Table.WorkerIds.Length, Table.LabelTexts.Length);

    /// <summary>The true label of each task: −1 where it is not known, −2 where nobody gave it.</summary>
    public int[] TrueLabels { get; } = Array.ConvertAll(Table.TaskIds, id =>
        !Truth.TryGetValue(id, out var label) ? -1 : Array.IndexOf(Table.LabelTexts, label) is >= 0 and var place ? place : -2);

    /// <summary>Null where the folder is missing.</summary>
    public static TruthSet? Read(string root, string name, LabelType type)
    {
        var folder = Path.Combine(root, name);
        if (!Directory.Exists(folder)) return null;

        var answers = Path.Combine(folder, "answers.csv");
        var table = AnswerReader.Answers(File.Exists(answers) ? answers : answers + ".gz", type);
        return new TruthSet(name, type, table, KnownReader.Gold(Path.Combine(folder, "truth.csv"), type == LabelType.Pairwise ? LabelType.Text : type));
    }

    /// <summary>The share of tasks with known truth that have the right label.</summary>
    public double Accuracy(ReadOnlySpan<int> labels)
    {
        int right = 0, known = 0;
        for (var t = 0; t < labels.Length; t++)
        {
            if (TrueLabels[t] == -1) continue;

            known++;
            right += labels[t] == TrueLabels[t] ? 1 : 0;
        }

        return known == 0 ? double.NaN : (double)right / known;
    }
}
