using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>What a worker's answers on a job came to.</summary>
public static class ReliabilityTable
{
    public static readonly Table Table = new()
    {
        Name = "reliability",
        Key = [new("job_id", ColumnKind.Text), new("worker_id", ColumnKind.Text)],
        Columns =
        [
            new("agreed", ColumnKind.Integer, 0L),
            new("judged", ColumnKind.Integer, 0L),
            new("gold_right", ColumnKind.Integer, 0L),
            new("gold_judged", ColumnKind.Integer, 0L),
            new("answers", ColumnKind.Integer, 0L),
            new("accepted", ColumnKind.Integer, 0L),
            new("rejected", ColumnKind.Integer, 0L),
            new("paid", ColumnKind.Integer, 0L),
            new("time_ms", ColumnKind.Integer, 0L),
            new("override", ColumnKind.Real),
        ],
        Indexes = [new("worker_id", "job_id")],
    };

    public static readonly int Agreed = Table.IndexOf("agreed");
    public static readonly int Judged = Table.IndexOf("judged");
    public static readonly int GoldRight = Table.IndexOf("gold_right");
    public static readonly int GoldJudged = Table.IndexOf("gold_judged");
    public static readonly int Answers = Table.IndexOf("answers");
    public static readonly int Accepted = Table.IndexOf("accepted");
    public static readonly int Rejected = Table.IndexOf("rejected");
    public static readonly int Paid = Table.IndexOf("paid");
    public static readonly int TimeMs = Table.IndexOf("time_ms");
    public static readonly int Override = Table.IndexOf("override");
}
