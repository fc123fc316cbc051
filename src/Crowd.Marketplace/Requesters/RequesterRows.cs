using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Requesters;

/// <summary>What the events of a requester change in the tables of requesters and members. Money stands in the ledger.</summary>
internal static class RequesterRows
{
    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, RequesterEvent e)
    {
        switch (e)
        {
            case RequesterEvent.Registered r:
                rows.Add(RowChange.Put(RequestersTable.Table, [stream], RequestersTable.Name.Set(r.Name), RequestersTable.CreatedAt.Set(at)));
                rows.Add(Member(stream, r.Owner, MemberRole.Owner, at));
                break;
            case RequesterEvent.MemberSet m:
                rows.Add(Member(stream, m.Person, m.Role, at));
                break;
            case RequesterEvent.MemberRemoved m:
                rows.Add(RowChange.Delete(MembersTable.Table, stream, m.Person.Value));
                break;
        }
    }

    private static RowChange Member(string requester, PersonId person, MemberRole role, DateTimeOffset at) =>
        RowChange.Put(MembersTable.Table, [requester, person.Value], MembersTable.Role.Set(role.ToString()), MembersTable.Since.Set(at));
}
