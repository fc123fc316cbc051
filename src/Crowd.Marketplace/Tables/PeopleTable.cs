using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Personal data, beside the log so that a person can be erased.</summary>
public static class PeopleTable
{
    public static readonly Table Table = new()
    {
        Name = "people",
        Key = [new("person_id", ColumnKind.Text)],
        Columns =
        [
            new("login", ColumnKind.Text),
            new("email", ColumnKind.Text),
            new("name", ColumnKind.Text),
            new("password_hash", ColumnKind.Text),
            new("stamp", ColumnKind.Text),
            new("created_at", ColumnKind.Integer),
        ],
        Indexes = [new("login")],
        BesideLog = true,
    };

    public static readonly int Login = Table.IndexOf("login");
    public static readonly int Email = Table.IndexOf("email");
    public static readonly int Name = Table.IndexOf("name");
    public static readonly int PasswordHash = Table.IndexOf("password_hash");
    public static readonly int Stamp = Table.IndexOf("stamp");
    public static readonly int CreatedAt = Table.IndexOf("created_at");
}
