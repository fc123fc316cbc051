using Crowd.Api.Access;
using Crowd.Api.Accounts;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Requesters;

namespace Crowd.Api.Requesters;

/// <summary>An organisation that posts jobs and pays.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The caller's role in it; null for staff who are no members.</param>
[GraphQLName("Organisation")]
public sealed record Organisation(RequesterId Id, string Name, MemberRole? Role);

/// <summary>A member of an organisation.</summary>
/// <param name="Person">The person.</param>
/// <param name="Name">How the person wants to be called.</param>
/// <param name="Email">The address.</param>
/// <param name="Role">What the member may do.</param>
public sealed record Member(PersonId Person, string Name, string Email, MemberRole Role);

/// <summary>An organisation's members.</summary>
[ExtendObjectType(typeof(Organisation))]
public static class OrganisationFields
{
    /// <summary>The members, for members; at most 1,000.</summary>
    public static async Task<IReadOnlyList<Member>> GetMembersAsync(Organisation organisation, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(organisation.Id, MemberRole.Viewer);
        var rows = await reads.ListAsync<MemberRow>(
            "select m.person_id, m.role, p.name, p.email from members m left join people p on p.person_id = m.person_id where m.requester_id = @id order by m.person_id limit 1000",
            new { id = organisation.Id.Value }, cancellationToken);
        return [.. rows.Select(r => new Member(PersonId.From(r.PersonId), r.Name ?? "", r.Email ?? "", Enum.Parse<MemberRole>(r.Role)))];
    }

    private sealed class MemberRow
    {
        public string PersonId { get; set; } = "";

        public string Role { get; set; } = "";

        public string? Name { get; set; }

        public string? Email { get; set; }
    }
}

/// <summary>Mutations of organisations.</summary>
public static class OrganisationMutations
{
    /// <summary>Founds an organisation; the caller becomes its first owner.</summary>
    public static async Task<Organisation> CreateOrganisationAsync(string name, Caller caller, IGrainFactory grains, IIdSource ids)
    {
        var person = caller.RequirePerson();
        var id = (await grains.GetGrain<IRequesterGrain>(ids.Next<RequesterId>().Value).RegisterAsync(name, person, caller.Actor)).OrThrow();
        return new(id, name, MemberRole.Owner);
    }

    /// <summary>Makes the person with the address a member, or changes the role. For owners.</summary>
    public static async Task<bool> SetMemberAsync(
        RequesterId requester, string email, MemberRole role, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        var person = await People.ByEmailAsync(email, reads, cancellationToken);
        (await grains.GetGrain<IRequesterGrain>(requester.Value).SetMemberAsync(person.Id, role, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>Takes a person out of the organisation. For owners.</summary>
    public static async Task<bool> RemoveMemberAsync(RequesterId requester, PersonId person, Caller caller, IGrainFactory grains)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        (await grains.GetGrain<IRequesterGrain>(requester.Value).RemoveMemberAsync(person, caller.Actor)).OrThrow();
        return true;
    }
}
