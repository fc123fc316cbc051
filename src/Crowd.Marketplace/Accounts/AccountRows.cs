using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Accounts;

/// <summary>What the events of an account change in the table of staff roles. People and keys stand beside the log.</summary>
internal static class AccountRows
{
    public static void Project(List<RowChange> rows, DateTimeOffset at, AccountEvent e)
    {
        switch (e)
        {
            case AccountEvent.StaffRoleGranted g:
                rows.Add(RowChange.Put(StaffRolesTable.Table, [g.Person.Value, g.Role.ToString()], StaffRolesTable.Since.Set(at)));
                break;
            case AccountEvent.StaffRoleRevoked r:
                rows.Add(RowChange.Delete(StaffRolesTable.Table, r.Person.Value, r.Role.ToString()));
                break;
        }
    }
}
