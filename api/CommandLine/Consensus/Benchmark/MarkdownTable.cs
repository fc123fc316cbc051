using System.Text;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>Rows of a table, written as Markdown.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n|");
        for (var i = 0; i < header.Length; i++) text.Append(i == 0 ? "---|" : "---:|");
        text.Append('\n');
        foreach (var row in _rows) text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        return text.ToString();
    }
}
