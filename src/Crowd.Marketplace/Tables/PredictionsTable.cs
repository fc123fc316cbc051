using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>What model versions said of tasks.</summary>
public static class PredictionsTable
{
    public static readonly Table Table = new()
    {
        Name = "predictions",
        Key = [new("task_id", ColumnKind.Text), new("model", ColumnKind.Text), new("model_version", ColumnKind.Text)],
        Columns =
        [
            new("job_id", ColumnKind.Text),
            new("label", ColumnKind.Text),
            new("confidence", ColumnKind.Real),
            new("scores", ColumnKind.Text),
            new("rationale", ColumnKind.Text),
            new("at", ColumnKind.Integer),
        ],
        Indexes = [new("job_id", "task_id", "model", "model_version")],
    };

    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int Label = Table.IndexOf("label");
    public static readonly int Confidence = Table.IndexOf("confidence");
    public static readonly int Scores = Table.IndexOf("scores");
    public static readonly int Rationale = Table.IndexOf("rationale");
    public static readonly int At = Table.IndexOf("at");
}
