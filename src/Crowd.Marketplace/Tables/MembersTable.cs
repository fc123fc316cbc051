using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Who belongs to which organisation.</summary>
public static class MembersTable
{
    public static readonly Table Table = new()
    {
        Name = "members",
        Key = [new("requester_id", ColumnKind.Text), new("person_id", ColumnKind.Text)],
        Columns =
        [
            new("role", ColumnKind.Text),
            new("since", ColumnKind.Integer),
        ],
        Indexes = [new("person_id", "requester_id")],
    };

    public static readonly int Role = Table.IndexOf("role");
    public static readonly int Since = Table.IndexOf("since");
}
