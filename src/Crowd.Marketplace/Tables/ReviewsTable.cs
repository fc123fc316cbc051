using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Answers that wait for the requester's review; a row goes when its answer is settled.</summary>
public static class ReviewsTable
{
    public static readonly Table Table = new()
    {
        Name = "reviews",
        Key = [new("job_id", ColumnKind.Text), new("task_id", ColumnKind.Text), new("ordinal", ColumnKind.Integer)],
        Columns =
        [
            new("worker_id", ColumnKind.Text),
            new("due", ColumnKind.Integer),
        ],
    };

    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Due = Table.IndexOf("due");
}
