using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>The model versions of a job: those that were registered and those that predicted. Status: candidate, approved, retired.</summary>
public static class ModelsTable
{
    public static readonly Table Table = new()
    {
        Name = "models",
        Key = [new("job_id", ColumnKind.Text), new("model", ColumnKind.Text), new("model_version", ColumnKind.Text)],
        Columns =
        [
            new("status", ColumnKind.Text, "candidate"),
            new("predictions", ColumnKind.Integer, 0L),
            new("figures", ColumnKind.Text),
            new("note", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("measured_at", ColumnKind.Integer),
            new("decided_at", ColumnKind.Integer),
        ],
    };

    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Predictions = Table.IndexOf("predictions");
    public static readonly int Figures = Table.IndexOf("figures");
    public static readonly int Note = Table.IndexOf("note");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int MeasuredAt = Table.IndexOf("measured_at");
    public static readonly int DecidedAt = Table.IndexOf("decided_at");
}
