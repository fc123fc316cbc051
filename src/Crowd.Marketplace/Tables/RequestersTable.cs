using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Organisations that post jobs.</summary>
public static class RequestersTable
{
    public static readonly Table Table = new()
    {
        Name = "requesters",
        Key = [new("requester_id", ColumnKind.Text)],
        Columns =
        [
            new("name", ColumnKind.Text),
            new("created_at", ColumnKind.Integer),
        ],
    };

    public static readonly int Name = Table.IndexOf("name");
    public static readonly int CreatedAt = Table.IndexOf("created_at");
}
