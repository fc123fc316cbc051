using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Access;

/// <summary>
/// Who asks, and every rule of who may do what. Resolvers call one of the <c>Require…</c> methods before anything else; nothing else in the
/// API decides about rights.
/// </summary>
/// <remarks>
/// <para>Administrators may do everything. Quality managers see every job, task and worker, adjudicate, handle appeals, adjust reliability, suspend and qualify.</para>
/// <para>Members of an organisation see its jobs and results (viewer), run them (editor), and spend its money and manage its members (owner).</para>
/// <para>Workers see what is open to work on, their own assignments and their own money; never others' answers, and never which task is gold.</para>
/// </remarks>
public sealed class Caller
{
    /// <summary>Nobody: not signed in.</summary>
    public static Caller Anonymous { get; } = new();

    /// <summary>The person; null for nobody.</summary>
    public PersonId? Person { get; init; }

    /// <summary>What the person may do for the platform.</summary>
    public IReadOnlySet<StaffRole> Roles { get; init; } = new HashSet<StaffRole>();

    /// <summary>Organisations the person belongs to.</summary>
    public IReadOnlyDictionary<RequesterId, MemberRole> Memberships { get; init; } = new Dictionary<RequesterId, MemberRole>();

    /// <summary>The person as a worker; null when not registered as one.</summary>
    public WorkerId? Worker { get; init; }

    /// <summary>The key the program used; null for a browser session.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>Who is written into the log: the key, else the person.</summary>
    public string Actor => Key?.Value ?? Person?.Value ?? "anonymous";

    /// <summary>Under what name requests are counted against limits; null for nobody.</summary>
    public string? LimitName => Person?.Value;

    public bool IsAdministrator => Roles.Contains(StaffRole.Administrator);

    public bool IsQualityManager => IsAdministrator || Roles.Contains(StaffRole.QualityManager);

    /// <summary>The person, who must be signed in.</summary>
    public PersonId RequirePerson() =>
        Person ?? throw new GraphQLException("Sign in first, or send an API key as 'Authorization: Bearer …'.", "UNAUTHENTICATED");

    /// <summary>The caller as a worker.</summary>
    public WorkerId RequireWorker()
    {
        RequirePerson();
        return Worker ?? throw Forbidden("Only workers may do this: register as a worker first.");
    }

    public void RequireQualityManager()
    {
        RequirePerson();
        if (!IsQualityManager)
            throw Forbidden("Only quality managers may do this.");
    }

    public void RequireAdministrator()
    {
        RequirePerson();
        if (!IsAdministrator)
            throw Forbidden("Only administrators may do this.");
    }

    /// <summary>The caller must be a member of the organisation in at least this role.</summary>
    public void RequireMember(RequesterId requester, MemberRole least)
    {
        RequirePerson();
        if (!IsMember(requester, least))
            throw Forbidden($"Only members of the organisation in the role {least.ToString().ToLowerInvariant()} or above may do this.");
    }

    /// <summary>The caller must see the organisation's jobs: a member, or a quality manager.</summary>
    public void RequireReader(RequesterId requester)
    {
        RequirePerson();
        if (!MayRead(requester))
            throw Forbidden("Only members of the organisation and quality managers may see this.");
    }

    /// <summary>Whether the caller sees the organisation's jobs and results.</summary>
    public bool MayRead(RequesterId requester) => IsQualityManager || IsMember(requester, MemberRole.Viewer);

    private bool IsMember(RequesterId requester, MemberRole least) => IsAdministrator || (Memberships.TryGetValue(requester, out var role) && role >= least);

    private static GraphQLException Forbidden(string message) => new(message, "FORBIDDEN");
}
