using System.Text.Json;
using Crowd.Marketplace.Tables;
using static Crowd.Marketplace.Tests.Cast;

namespace Crowd.Marketplace.Tests.Loop;

/// <summary>Models that vote in the consensus of tasks, and in the re-estimation at the end.</summary>
public sealed class ModelVoteTests : IDisposable
{
    private static readonly LoopPolicy Votes = new() { ModelVotes = true };

    private static readonly JobSpec OneToThree = Spec(p => p with { Redundancy = new() { MinAnswers = 1, MaxAnswers = 3, TargetConfidence = 0.9 } });

    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_model_known_to_be_right_saves_answers_and_what_people_alone_said_is_kept()
    {
        var job = _market.AddGate(_market.AddRequester(), Votes, approved: false, spec: OneToThree);
        Learn(job, 20);

        _market.Import(job, Draft("t") with { Predictions = [Machine.Says(Yes, 0.99)] });
        _market.Work(job, _market.AddWorker(), Yes);
        var row = _market.TaskRow(_market.TaskOf(job, "t")).Columns;
        var vote = JsonSerializer.Deserialize(row[TasksTable.ModelVote].Text, DomainJson.Default.ModelVote)!;
        Assert.Equal(("decided", "consensus", 1L), (row[TasksTable.Stage].Text, row[TasksTable.DecidedBy].Text, row[TasksTable.Answers].Integer));
        Assert.Equal((Yes, true, Yes), (vote.Label, vote.Agrees, vote.WithoutLabel));
        Assert.True(vote.WithoutConfidence < 0.9);
        Assert.InRange(vote.SavedAnswers, 1, 2);
        Assert.Equal(vote.SavedAnswers, _market.Row(LoopsTable.Table, job.Value).Columns[LoopsTable.SavedAnswers].Integer - SavedByLearning(job));
        Assert.Equal(0, _market.Balance(Account.Fees) % 2_000); // a model is not paid
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_model_that_says_otherwise_has_one_more_person_asked()
    {
        var job = _market.AddGate(_market.AddRequester(), Votes, approved: false, spec: OneToThree);
        Learn(job, 20);
        _market.Import(job, Draft("t") with { Predictions = [Machine.Says(No, 0.99)] });
        _market.Work(job, _market.AddWorker(), Yes);
        Assert.Equal("open", _market.StageOf(_market.TaskOf(job, "t")));
        Assert.Equal(2, _market.TaskRow(_market.TaskOf(job, "t")).Columns[TasksTable.Wanted].Integer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_re_estimation_at_the_end_hears_a_model_that_voted(bool votes)
    {
        // One worker, who is trusted wrongly, answers each task alone and always wrong. Of the later ones a quality manager says what is right, which is what the model had said.
        var spec = Spec(p => p with { PayFor = PayFor.All, Redundancy = new() { MinAnswers = 1, MaxAnswers = 1, TargetConfidence = 0.5 } });
        var job = _market.AddGate(_market.AddRequester(), new() { ModelVotes = votes }, approved: false, spec: spec);
        var worker = _market.AddWorker();
        _market.Must(() => _market.Worker(worker).OverrideReliabilityAsync(job, 0.99, "a friend", Actor));
        for (var i = 0; i < 60; i++)
        {
            var (truth, other) = i % 2 == 0 ? (Yes, No) : (No, Yes);
            _market.Import(job, Draft($"t{i}") with { Predictions = [Machine.Says(truth, 0.97)] });
            var task = _market.Work(job, worker, other).Task;
            if (i >= 20)
                _market.Must(() => _market.Task(task).AdjudicateAsync(truth, "looked at it", Actor));
        }

        var before = Wrong(job);
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Actor));
        _market.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal("closed", _market.StatusOf(job));
        Assert.True(before >= 10 && (votes ? Wrong(job) < before / 2 : Wrong(job) == before), $"{before} labels were wrong, {Wrong(job)} are.");
    }

    private int Wrong(JobId job) => _market.Rows(TasksTable.Table).Where(r => r.Columns[TasksTable.JobId].Text == job.Value).Count(r =>
    {
        var label = r.Columns[TasksTable.FinalLabel] is { IsNull: false } final ? final : r.Columns[TasksTable.Label];
        var isEven = int.Parse(r.Columns[TasksTable.ExternalId].Text[1..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0;
        return JsonSerializer.Deserialize(label.Text, DomainJson.Default.Answer) != (isEven ? Yes : No);
    });

    /// <summary>People label tasks of which the model had said the same.</summary>
    private void Learn(JobId job, int tasks)
    {
        var people = _market.AddWorkers(3);
        for (var i = 0; i < tasks; i++)
        {
            _market.Import(job, Draft($"l{i}") with { Predictions = [Machine.Says(Yes, 0.99)] });
            for (var p = 0; p < 3 && _market.StageOf(_market.TaskOf(job, $"l{i}")) == "open"; p++)
                _market.Work(job, people[p], Yes);
        }
    }

    private long SavedByLearning(JobId job) => _market.Rows(TasksTable.Table)
        .Where(r => r.Columns[TasksTable.JobId].Text == job.Value && r.Columns[TasksTable.ExternalId].Text != "t" && !r.Columns[TasksTable.ModelVote].IsNull)
        .Sum(r => (long)JsonSerializer.Deserialize(r.Columns[TasksTable.ModelVote].Text, DomainJson.Default.ModelVote)!.SavedAnswers);
}
