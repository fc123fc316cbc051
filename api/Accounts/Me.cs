using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Requesters;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Accounts;

/// <summary>The signed-in person.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">How the person wants to be called.</param>
/// <param name="Email">The address.</param>
/// <param name="Worker">The person as a worker; null when not registered as one.</param>
/// <param name="Roles">What the person may do for the platform.</param>
/// <param name="Organisations">Where the person is a member.</param>
public sealed record Me(PersonId Id, string Name, string Email, WorkerId? Worker, IReadOnlyList<StaffRole> Roles, IReadOnlyList<Organisation> Organisations);

/// <summary>A key of a program; its secret was shown once.</summary>
[GraphQLName("ApiKey")]
public sealed class ApiKeyView
{
    [GraphQLIgnore]
    public string KeyId { get; set; } = "";

    [GraphQLIgnore]
    public long CreatedAt { get; set; }

    public ApiKeyId Id => ApiKeyId.From(KeyId);

    public string Name { get; set; } = "";

    [GraphQLName("createdAt")]
    public DateTimeOffset Created => Instants.FromMicroseconds(CreatedAt);
}

/// <summary>Queries about the caller.</summary>
public static class MeQueries
{
    /// <summary>The signed-in person, or null.</summary>
    public static async Task<Me?> GetMeAsync(Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        if (caller.Person is not { } person)
            return null;
        var row = await People.ByIdAsync(person, reads, cancellationToken);
        var names = caller.Memberships.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : (await reads.ListByIdsAsync<NameRow>(
                "select requester_id, name from requesters where requester_id in {ids}", [.. caller.Memberships.Keys.Select(k => k.Value)], cancellationToken))
                .ToDictionary(r => r.RequesterId, r => r.Name, StringComparer.Ordinal);
        return new(person, row.Name, row.Email, caller.Worker, [.. caller.Roles.Order()],
            [.. caller.Memberships.Select(m => new Organisation(m.Key, names.GetValueOrDefault(m.Key.Value, ""), m.Value))]);
    }

    /// <summary>The caller's keys that are not revoked.</summary>
    public static async Task<IReadOnlyList<ApiKeyView>> GetApiKeysAsync(Caller caller, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<ApiKeyView>(
            "select key_id, name, created_at from api_keys where person_id = @person and revoked_at is null order by key_id limit 100",
            new { person = caller.RequirePerson().Value }, cancellationToken);

    private sealed class NameRow
    {
        public string RequesterId { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
