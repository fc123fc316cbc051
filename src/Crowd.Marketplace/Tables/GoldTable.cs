using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Tasks whose answer is known, imported or made from decided ones, and how workers do on them.</summary>
public static class GoldTable
{
    public static readonly Table Table = new()
    {
        Name = "gold",
        Key = [new("job_id", ColumnKind.Text), new("task_id", ColumnKind.Text)],
        Columns =
        [
            new("known", ColumnKind.Text),
            new("since", ColumnKind.Integer),
            new("made", ColumnKind.Integer, 0L),
            new("reason", ColumnKind.Text),
            new("retired_at", ColumnKind.Integer),
            new("retire_reason", ColumnKind.Text),
            new("offers", ColumnKind.Integer, 0L),
            new("answers", ColumnKind.Integer, 0L),
            new("hits", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int Known = Table.IndexOf("known");
    public static readonly int Since = Table.IndexOf("since");
    public static readonly int Made = Table.IndexOf("made");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int RetiredAt = Table.IndexOf("retired_at");
    public static readonly int RetireReason = Table.IndexOf("retire_reason");
    public static readonly int Offers = Table.IndexOf("offers");
    public static readonly int Answers = Table.IndexOf("answers");
    public static readonly int Hits = Table.IndexOf("hits");
}
