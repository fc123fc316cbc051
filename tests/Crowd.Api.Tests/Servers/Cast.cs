using System.Text.Json.Nodes;

namespace Crowd.Api.Tests.Servers;

/// <summary>The people of a server's stories, made once: signing up is slow on purpose.</summary>
public sealed class Cast
{
    private Cast(TestServer server) => Server = server;

    public TestServer Server { get; }

    public required Person Administrator { get; init; }

    public required Person QualityManager { get; init; }

    /// <summary>Owns <see cref="Organisation"/>.</summary>
    public required Person Owner { get; init; }

    /// <summary>An editor of <see cref="Organisation"/>.</summary>
    public required Person Editor { get; init; }

    /// <summary>A viewer of <see cref="Organisation"/>.</summary>
    public required Person Viewer { get; init; }

    /// <summary>Owns another organisation and has nothing to do with the first.</summary>
    public required Person Stranger { get; init; }

    public required IReadOnlyList<Person> Workers { get; init; }

    public required IReadOnlyList<string> WorkerIds { get; init; }

    /// <summary>Has plenty of money.</summary>
    public required string Organisation { get; init; }

    public static async Task<Cast> GatherAsync(TestServer server)
    {
        var administrator = await server.AdministratorAsync();
        var people = new Dictionary<string, (Person Person, string Email)>(StringComparer.Ordinal);
        foreach (var name in (string[])["Quality", "Owner", "Editor", "Viewer", "Stranger", "Worker A", "Worker B", "Worker C"])
        {
            var (person, email) = (server.Anonymous, server.Email(name));
            await person.SignUpAsync(email, name);
            people[name] = (person, email);
        }

        await administrator.SendAsync("mutation($email: String!) { grantStaffRole(email: $email, role: QUALITY_MANAGER) }", new { email = people["Quality"].Email });
        var owner = people["Owner"].Person;
        var organisation = await owner.FoundAsync();
        await owner.TopUpAsync(organisation, 1_000_000_000);
        foreach (var role in (string[])["Editor", "Viewer"])
        {
            await owner.SendAsync("mutation($requester: ID!, $email: String!, $role: MemberRole!) { setMember(requester: $requester, email: $email, role: $role) }",
                new { requester = organisation, email = people[role].Email, role = role.ToUpperInvariant() });
        }

        await people["Stranger"].Person.FoundAsync("Others Ltd");
        var workers = people.Where(p => p.Key.StartsWith("Worker", StringComparison.Ordinal)).Select(p => p.Value.Person).ToArray();
        var ids = new List<string>();
        foreach (var worker in workers)
            ids.Add(await worker.BecomeWorkerAsync());
        return new(server)
        {
            Administrator = administrator,
            QualityManager = people["Quality"].Person,
            Owner = owner,
            Editor = people["Editor"].Person,
            Viewer = people["Viewer"].Person,
            Stranger = people["Stranger"].Person,
            Workers = workers,
            WorkerIds = ids,
            Organisation = organisation,
        };
    }

    /// <summary>A job with tasks and money for all their answers, open to work on.</summary>
    public async Task<string> OpenJobAsync(int tasks = 1, Action<JsonObject>? policies = null, string title = "Cats and dogs")
    {
        var job = await DraftAsync(tasks, policies, title);
        await Owner.FundAsync(job, 100 * Sketch.AnswerMicros);
        Assert.Equal("OPEN", await Owner.DoAsync("openJob", job));
        return job;
    }

    /// <summary>A job with tasks and no money.</summary>
    public async Task<string> DraftAsync(int tasks = 1, Action<JsonObject>? policies = null, string title = "Cats and dogs")
    {
        var job = await Owner.CreateJobAsync(Organisation, Sketch.Job(policies, title));
        if (tasks > 0)
            Assert.Equal(tasks, (await Owner.ImportAsync(job, Sketch.Tasks(tasks))).Body.GetProperty("added").GetInt32());
        return job;
    }
}
