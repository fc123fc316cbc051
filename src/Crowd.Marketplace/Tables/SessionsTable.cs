using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Browser sessions, by the hash of their token.</summary>
public static class SessionsTable
{
    public static readonly Table Table = new()
    {
        Name = "sessions",
        Key = [new("token_hash", ColumnKind.Text)],
        Columns = [new("person_id", ColumnKind.Text), new("created_at", ColumnKind.Integer), new("expires_at", ColumnKind.Integer)],
        Indexes = [new("person_id")],
        BesideLog = true,
    };

    public static readonly int PersonId = Table.IndexOf("person_id");
    public static readonly int CreatedAt = Table.IndexOf("created_at");
    public static readonly int ExpiresAt = Table.IndexOf("expires_at");
}
