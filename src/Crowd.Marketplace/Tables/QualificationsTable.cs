using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Which worker has which qualification.</summary>
public static class QualificationsTable
{
    public static readonly Table Table = new()
    {
        Name = "qualifications",
        Key = [new("worker_id", ColumnKind.Text), new("qualification", ColumnKind.Text)],
        Columns =
        [
            new("granted_at", ColumnKind.Integer),
            new("reason", ColumnKind.Text),
        ],
    };

    public static readonly int GrantedAt = Table.IndexOf("granted_at");
    public static readonly int Reason = Table.IndexOf("reason");
}
