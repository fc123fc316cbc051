using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Who may do what for the platform.</summary>
public static class StaffRolesTable
{
    public static readonly Table Table = new()
    {
        Name = "staff_roles",
        Key = [new("person_id", ColumnKind.Text), new("role", ColumnKind.Text)],
        Columns =
        [
            new("since", ColumnKind.Integer),
        ],
    };

    public static readonly int Since = Table.IndexOf("since");
}
