using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Exams with their known answers, and how many took and passed them.</summary>
public static class ExamsTable
{
    public static readonly Table Table = new()
    {
        Name = "exams",
        Key = [new("exam_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("qualification", ColumnKind.Text),
            new("spec", ColumnKind.Text),
            new("published_at", ColumnKind.Integer),
            new("retired_at", ColumnKind.Integer),
            new("begun", ColumnKind.Integer, 0L),
            new("passed", ColumnKind.Integer, 0L),
        ],
        Indexes = [new("qualification")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int Qualification = Table.IndexOf("qualification");
    public static readonly int Spec = Table.IndexOf("spec");
    public static readonly int PublishedAt = Table.IndexOf("published_at");
    public static readonly int RetiredAt = Table.IndexOf("retired_at");
    public static readonly int Begun = Table.IndexOf("begun");
    public static readonly int Passed = Table.IndexOf("passed");
}
