using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Keys of programs, by the hash of their secret.</summary>
public static class ApiKeysTable
{
    public static readonly Table Table = new()
    {
        Name = "api_keys",
        Key = [new("secret_hash", ColumnKind.Text)],
        Columns =
        [
            new("key_id", ColumnKind.Text),
            new("person_id", ColumnKind.Text),
            new("name", ColumnKind.Text),
            new("created_at", ColumnKind.Integer),
            new("revoked_at", ColumnKind.Integer),
        ],
        Indexes = [new("person_id", "key_id")],
        BesideLog = true,
    };

    public static readonly int KeyId = Table.IndexOf("key_id");
    public static readonly int PersonId = Table.IndexOf("person_id");
    public static readonly int Name = Table.IndexOf("name");
    public static readonly int CreatedAt = Table.IndexOf("created_at");
    public static readonly int RevokedAt = Table.IndexOf("revoked_at");
}
