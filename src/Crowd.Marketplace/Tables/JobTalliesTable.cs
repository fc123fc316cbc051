using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>
/// Counts of a job by kind and bucket: <c>duration</c> (the step of <see cref="Tasks.DurationSteps"/>), <c>answer</c> (a class that was answered),
/// <c>label</c> (a class as first decided), <c>answers</c> (how many answers a task was first decided on).
/// </summary>
public static class JobTalliesTable
{
    public static readonly Table Table = new()
    {
        Name = "job_tallies",
        Key = [new("job_id", ColumnKind.Text), new("kind", ColumnKind.Text), new("bucket", ColumnKind.Text)],
        Columns =
        [
            new("count", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int Count = Table.IndexOf("count");
}
