using System.CommandLine;
using System.Text;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.GraphQL;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary><c>bench graphql</c>: what the app's own operations cost in process: parsing, validating, executing, and the whole request.</summary>
internal static class GraphQLBench
{
    private static readonly (string Name, string Document)[] Operations =
    [
        ("typename", "{ __typename }"),
        ("job, 20 fields", "query($job: ID!) { job(id: $job) { id requester title status instructions currency createdAt openedAt taskCount goldTaskCount decidedCount answerCount acceptedCount rejectedCount heldMicros spentMicros reservedMicros returnedMicros costOfAnswerMicros mostCostMicros } }"),
        ("tasks of a job, 50", "query($job: ID!) { job(id: $job) { tasks(first: 50) { nodes { id externalId stage answerCount input } pageInfo { hasNextPage endCursor } } } }"),
        ("marketplace", "{ marketplace(first: 20) { nodes { id title payMicros currency schema { kind labels } } } }"),
        ("ask for work again", "mutation($job: ID!) { requestWork(job: $job) { id input leaseUntil } }"),
    ];

    public static Command Create()
    {
        var command = new Command("graphql", "Measure the app's own operations in process.");
        command.SetAction((_, token) => RunAsync(token));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await BenchWorld.StartAsync(BenchFolder.NewSqlite(), cancellationToken);
        var (requester, _) = await world.RequesterAsync(1_000L * Currency.MicrosPerUnit);
        var job = await world.JobAsync(requester, 500L * Currency.MicrosPerUnit);
        await world.FillAsync(job, 1_000);
        var (worker, _) = await world.WorkerAsync();
        var caller = new Caller
        {
            Person = PersonId.From($"{PersonId.Prefix}_{worker.Body()}"),
            Worker = worker,
            Memberships = new Dictionary<RequesterId, MemberRole> { [requester] = MemberRole.Owner },
        };
        var variables = JsonSerializer.Deserialize($"{{\"job\":\"{job}\"}}", ApiJson.Default.JsonElement);
        var table = new Table().Border(TableBorder.Simple).AddColumn("Operation");
        foreach (var column in new[] { "Document B", "Parse ns", "MB/s", "B", "Validate ns", "B", "Execute ns", "B", "Whole ns", "B", "Response B" })
            table.AddColumn(new TableColumn(column).RightAligned());
        await using var memory = new ServiceCollection().AddGraphQL(graphql => graphql.Query<InMemoryQuery>()).BuildServiceProvider();
        Add(table, "20 fields in memory", await Task.Run(() => OperationBenchmark.Measure(memory, new GraphQLRequest(InMemoryQuery.Document)), cancellationToken));
        foreach (var (name, document) in Operations)
        {
            var cost = await Task.Run(
                () => OperationBenchmark.Measure(world.App.Services, new GraphQLRequest(document) { Variables = document.Contains("$job", StringComparison.Ordinal) ? variables : null, State = [caller] }), cancellationToken);
            Add(table, name, cost);
        }

        AnsiConsole.Write(table);
        AnsiConsole.Write(Parsing(world));
        return 0;
    }

    private static void Add(Table table, string name, OperationCost cost)
    {
        string[] parse = [$"{cost.DocumentBytes:N0}", $"{cost.Parse.Nanoseconds:N0}", MegabytesPerSecond(cost.DocumentBytes, cost.Parse), $"{cost.Parse.Bytes:N0}"];
        table.AddRow([name, .. parse, .. new[] { cost.Validate, cost.Execute, cost.Whole }.SelectMany(s => new[] { $"{s.Nanoseconds:N0}", $"{s.Bytes:N0}" }), $"{cost.ResponseBytes:N0}"]);
    }

    // Large documents, which no request holds: a thousand operations of the app, and its whole schema.
    private static Table Parsing(BenchWorld world)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Parsed alone");
        foreach (var column in new[] { "Document B", "Parse ns", "MB/s", "B" })
            table.AddColumn(new TableColumn(column).RightAligned());
        var schema = world.App.Services.GetRequiredService<IGraphQLExecutor>().Schema.Print();
        var operations = string.Concat(Enumerable.Range(0, 1_000).Select(i => Operations[i % Operations.Length].Document + "\n"));
        foreach (var (name, text) in new[] { ("1,000 operations", operations), ("schema", schema) })
        {
            var cost = OperationBenchmark.MeasureParsing(world.App.Services, text);
            var size = Encoding.UTF8.GetByteCount(text);
            table.AddRow(name, $"{size:N0}", $"{cost.Nanoseconds:N0}", MegabytesPerSecond(size, cost), $"{cost.Bytes:N0}");
        }

        return table;
    }

    private static string MegabytesPerSecond(int bytes, StepCost cost) => $"{bytes * 1_000 / cost.Nanoseconds:N0}";
}
