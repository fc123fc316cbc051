using Crowd.Api.Access;
using Crowd.Api.Tests.Servers;
using Crowd.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Api.Tests.Access;

/// <summary>What an assignment's id tells a worker: nothing of how many answers its task has.</summary>
[Collection(SqliteStage.Name)]
public sealed class AssignmentSealTests(SqliteStage stage)
{
    private AssignmentSeal Seal => stage.Server.Services.GetRequiredService<AssignmentSeal>();

    [Fact]
    public async Task Every_number_has_its_own_image_and_comes_back_from_it()
    {
        await Seal.OpenAsync(CancellationToken.None);
        var task = TaskId.From("task_00000000000000000000000007");
        var images = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ordinal in Enumerable.Range(0, 3_000).Append(AssignmentId.MaxOrdinal))
        {
            var id = AssignmentId.Of(task, ordinal);
            Assert.True(images.Add(Seal.Close(id)));
            Assert.True(Seal.TryOpen(Seal.Close(id), out var opened));
            Assert.Equal(id, opened);
        }
    }

    [Fact]
    public async Task The_first_answers_of_tasks_do_not_look_like_first_ones()
    {
        await Seal.OpenAsync(CancellationToken.None);
        var ends = Enumerable.Range(1, 200).Select(n => Seal.Close(AssignmentId.Of(TaskId.From($"task_{n:D26}"), 0))[^4..]).ToArray();
        Assert.True(ends.Distinct().Count() > 190, "Many tasks share an image.");
        Assert.InRange(ends.Count(e => string.CompareOrdinal(e, "g000") < 0), 70, 130);
    }

    [Fact]
    public async Task A_worker_sees_the_same_id_in_work_in_the_list_of_assignments_and_in_the_statement_and_never_the_number()
    {
        var cast = stage.Cast;
        var job = await cast.OpenJobAsync();
        var worker = await stage.Server.SignUpAsync("Sealed");
        var own = await worker.BecomeWorkerAsync();
        var assignment = await worker.WorkAsync(job, "cat");
        Assert.False(assignment.EndsWith("0000", StringComparison.Ordinal));
        var mine = (await worker.SendAsync("{ myAssignments { nodes { id } } }")).GetProperty("nodes")[0].GetProperty("id").GetString();
        var statement = (await worker.SendAsync("query($of: String!) { statement(of: $of) { nodes { id reference } } }", new { of = own })).GetProperty("nodes");
        Assert.EndsWith($":{statement[0].GetProperty("id").GetString()!.Split(':')[1]}:0", Seal.CloseTransfer(Seal.OpenTransfer(statement[0].GetProperty("id").GetString()!)), StringComparison.Ordinal);
        Assert.Matches(":[0-9]{1,2}:0$", Seal.OpenTransfer(statement[0].GetProperty("id").GetString()!));
        Assert.Equal(assignment, mine);
        Assert.Equal(assignment, statement[0].GetProperty("reference").GetString());
        var task = $"task_{assignment[4..30]}";
        var history = await cast.Owner.SendAsync("query($task: ID!) { task(id: $task) { history { data } } }", new { task });
        Assert.All(history.GetProperty("history").EnumerateArray().Where(e => e.GetProperty("data").TryGetProperty("assignment", out _)),
            e => Assert.Equal(assignment, e.GetProperty("data").GetProperty("assignment").GetString()));
        Assert.Equal("NOT_FOUND", (await worker.RefusedAsync("mutation($a: ID!) { returnAssignment(assignment: $a) }", new { a = $"{assignment[..30]}0000" })).Code);
    }
}
