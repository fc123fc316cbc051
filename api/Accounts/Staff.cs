using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Accounts;

/// <summary>Somebody with a role for the platform.</summary>
public sealed class StaffMember
{
    [GraphQLIgnore]
    public string PersonId { get; set; } = "";

    [GraphQLIgnore]
    public string RoleText { get; set; } = "";

    [GraphQLIgnore]
    public long SinceMicros { get; set; }

    public PersonId Person => Domain.PersonId.From(PersonId);

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public StaffRole Role => Enum.Parse<StaffRole>(RoleText, ignoreCase: true);

    public DateTimeOffset Since => Instants.FromMicroseconds(SinceMicros);
}

/// <summary>A limit or switch of the server, as it is configured.</summary>
/// <param name="Name">The setting's name in the configuration.</param>
/// <param name="Value">Its value.</param>
public sealed record ServerSetting(string Name, string Value);

/// <summary>Queries for administrators.</summary>
public static class StaffQueries
{
    /// <summary>Everybody with a role for the platform, one entry for each role. For administrators.</summary>
    public static async Task<IReadOnlyList<StaffMember>> GetStaffAsync(Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        return await reads.ListAsync<StaffMember>(
            """
            select s.person_id, s.role as role_text, s.since as since_micros, p.name, p.email from staff_roles s join people p on p.person_id = s.person_id
            order by p.name, s.person_id, s.role limit 1000
            """, null, cancellationToken);
    }

    /// <summary>The limits the server was started with; they are changed in its configuration. For administrators.</summary>
    public static IReadOnlyList<ServerSetting> GetServerSettings(Caller caller, ApiOptions options)
    {
        caller.RequireAdministrator();
        static string Text(FormattableString text) => FormattableString.Invariant(text);
        return
        [
            new("Crowd:RequestsPerSecond", Text($"{options.RequestsPerSecond}")),
            new("Crowd:RequestBurst", Text($"{options.RequestBurst}")),
            new("Crowd:AnonymousRequestsPerSecond", Text($"{options.AnonymousRequestsPerSecond}")),
            new("Crowd:SignInsPerMinute", Text($"{options.SignInsPerMinute}")),
            new("Crowd:SessionTime", Text($"{options.SessionTime}")),
            new("Crowd:ImportBytes", Text($"{options.ImportBytes}")),
            new("Crowd:ReportedLines", Text($"{options.ReportedLines}")),
        ];
    }
}
