using System.IO.Compression;
using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Tests.PublicData;

/// <summary>Public answers with known truth, beside the repository; tests that want them are skipped where they are missing.</summary>
internal sealed class PublicSet
{
    private PublicSet(CategoryAnswers answers, int[] truth)
    {
        Answers = answers;
        Truth = truth;
    }

    public CategoryAnswers Answers { get; }

    /// <summary>−1 where it is not known.</summary>
    public int[] Truth { get; }

    public static PublicSet Read(string name)
    {
        var folder = Folder(name);
        Skip.If(folder is null, $"the public set {name} is not beside the repository; left out: what is measured on it");
        var rows = Rows(folder!, "answers").ToList();
        var truths = Rows(folder!, "truth").ToList();
        var tasks = Number(rows.Select(r => r[0]).Concat(truths.Select(r => r[0])));
        var workers = Number(rows.Select(r => r[1]));
        var labels = Number(rows.Select(r => r[2]));
        var truth = new int[tasks.Count];
        Array.Fill(truth, -1);
        foreach (var row in truths) truth[tasks[row[0]]] = labels[row[1]];
        var answers = CategoryAnswers.From(
            rows.Select(r => tasks[r[0]]).ToArray(), rows.Select(r => workers[r[1]]).ToArray(), rows.Select(r => labels[r[2]]).ToArray(), tasks.Count, workers.Count, labels.Count);
        return new PublicSet(answers, truth);
    }

    public double Accuracy(int[] labels)
    {
        var known = Enumerable.Range(0, labels.Length).Where(t => Truth[t] >= 0).ToList();
        return known.Count(t => labels[t] == Truth[t]) / (double)known.Count;
    }

    /// <summary>Rows of a file without quotes; the header is left out.</summary>
    public static IEnumerable<string[]> Rows(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".csv");
        using var file = File.OpenRead(File.Exists(path) ? path : path + ".gz");
        using Stream stream = File.Exists(path) ? file : new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }

    public static string? Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Crowd.sln"))) continue;

            var folder = Path.Combine(at.FullName, "..", "shared", "data", "truth", name);
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }

    public static Dictionary<string, int> Number(IEnumerable<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i, StringComparer.Ordinal);
}
