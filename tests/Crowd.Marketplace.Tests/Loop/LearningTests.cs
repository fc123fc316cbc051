using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class LearningTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_queue_is_put_in_order_while_labels_arrive_and_each_version_says_what_it_expects()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { Order = QueryOrdering.Margin, RandomShare = 0, Diversity = 0 }, tasks: 60);
        Label(market, job, worker, 11, atOnce: true);
        market.Pass(2 * Second);

        var trained = Assert.Single(Events<LearningEvent.Trained>(market, job));
        Assert.Equal((1, 11), (trained.Version, trained.Labels));
        var predictions = Rows(market, PredictionsTable.Table, ("job_id", job.Value));
        Assert.Equal(49, predictions.Count); // all that were not begun
        Assert.All(predictions, p => Assert.Equal(("builtin", "1"), (p.Key[1].Text, p.Key[2].Text)));

        // The text that says neither "lamp" nor "train" is the least sure: it was added last and comes first.
        Assert.Equal(market.TaskOf(job, "t59"), market.Request(job, worker)[0].Assignment.Task);
    }

    [Fact]
    public void Before_there_are_labels_tasks_that_stand_for_others_come_first_and_then_one_like_no_other()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { Order = QueryOrdering.Margin }, tasks: 60);
        market.Pass(2 * Second);
        var first = market.Request(job, worker, 3).Select(l => market.TaskRow(l.Assignment.Task).Columns[TasksTable.ExternalId].Text).Select(t => int.Parse(t[1..], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(["lamp", "other", "train"], first.Select(i => i == 59 ? "other" : i % 2 == 0 ? "lamp" : "train").Order(StringComparer.Ordinal));
        Assert.Equal(59, first[2]);
    }

    [Fact]
    public void The_next_version_is_compared_with_what_people_said_since()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { Order = QueryOrdering.Uncertainty }, tasks: 80);
        Label(market, job, worker, 40);
        market.Pass(2 * Second);

        var trained = Events<LearningEvent.Trained>(market, job);
        Assert.True(trained.Count >= 2, $"{trained.Count} trainings");
        Assert.Equal(Enumerable.Range(1, trained.Count), trained.Select(t => t.Version));
        Assert.True(trained[1].Compared >= 18 && trained[1].Right > 0.8 * trained[1].Compared, $"{trained[1].Right} of {trained[1].Compared}");
    }

    [Fact]
    public void After_a_crash_the_order_is_learnt_again_without_a_new_version()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { Order = QueryOrdering.Margin, RandomShare = 0, Diversity = 0 }, tasks: 60);
        Label(market, job, worker, 11, atOnce: true);
        market.Pass(2 * Second);
        market.Crash();
        market.Keep();
        market.Pass(3 * Second);

        Assert.Single(Events<LearningEvent.Trained>(market, job));
        Assert.Equal(market.TaskOf(job, "t59"), market.Request(job, worker)[0].Assignment.Task);
    }

    [Fact]
    public void Without_an_order_tasks_come_as_they_were_added_and_nothing_is_learnt()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new(), tasks: 30);
        Label(market, job, worker, 12);
        market.Pass(2 * Second);
        Assert.Empty(Events<LearningEvent.Trained>(market, job));
        Assert.Equal(market.TaskOf(job, "t12"), market.Request(job, worker)[0].Assignment.Task);
    }

    [Fact]
    public void The_log_says_when_a_model_should_be_trained_with_new_labels()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { TrainAfterLabels = 20, TrainAfter = TimeSpan.FromDays(1) }, tasks: 60);
        Label(market, job, worker, 25);
        var byLabels = Assert.Single(Events<LearningEvent.TrainingWanted>(market, job));
        Assert.Equal(TrainingReason.Labels, byLabels.Reason);
        Assert.InRange(byLabels.NewLabels, 20, 25);

        Label(market, job, worker, 10);
        Assert.Single(Events<LearningEvent.TrainingWanted>(market, job));
        market.Pass(TimeSpan.FromDays(1));
        var byAge = Events<LearningEvent.TrainingWanted>(market, job)[1];
        Assert.Equal((TrainingReason.Age, 35 - byLabels.Labels), (byAge.Reason, byAge.NewLabels));
    }

    [Fact]
    public void Training_is_wanted_when_the_model_agrees_with_people_less_than_it_did()
    {
        using var market = new Market();
        var (job, worker) = Begin(market, new() { TrainOnDrift = true }, tasks: 80);
        var predictions = market.Grains.GetGrain<Crowd.Marketplace.Loop.IPredictionsGrain>(job.Value);
        var drafts = Enumerable.Range(0, 80).Select(i => new Crowd.Marketplace.Loop.PredictionDraft(null, $"t{i}", new() { Model = "net", Version = "1", Label = i < 40 ? TruthOf(i) : Cast.No })).ToList();
        Assert.Empty(market.Must(() => predictions.AddAsync(drafts, Cast.Actor)).Refused);

        Label(market, job, worker, 40);
        market.Pass(2 * Second);
        Assert.Empty(Events<LearningEvent.TrainingWanted>(market, job));
        Label(market, job, worker, 40);
        market.Pass(2 * Second);
        var wanted = Events<LearningEvent.TrainingWanted>(market, job)[0];
        Assert.Equal(TrainingReason.Drift, wanted.Reason);
        Assert.True(wanted.Probability < LearningDecider.DriftProbability);
    }

    /// <summary>Texts that say "lamp" are so, those that say "train" are not; the last says neither.</summary>
    private static (JobId Job, WorkerId Worker) Begin(Market market, LearningPolicy learning, int tasks)
    {
        var requester = market.AddRequester();
        var job = market.AddDraft(requester, Cast.Spec(p => p with { Redundancy = new() { MinAnswers = 1, MaxAnswers = 1, TargetConfidence = 0.5 }, Learning = learning }));
        market.Import(job, [.. Enumerable.Range(0, tasks).Select(i => Cast.Draft($"t{i}", Input(i, tasks)))]);
        market.Fund(requester, job, 100 * Currency.MicrosPerUnit);
        market.Must(() => market.Job(job).OpenAsync(Cast.Actor));
        return (job, market.AddWorker());
    }

    private static string Input(int i, int tasks) =>
        i == tasks - 1 ? """{"text":"What now?"}""" : i % 2 == 0 ? $$"""{"text":"The lamp {{i}} shines."}""" : $$"""{"text":"A train {{i}} departs."}""";

    private static Answer TruthOf(int i) => i % 2 == 0 ? Cast.Yes : Cast.No;

    private static void Label(Market market, JobId job, WorkerId worker, int count, bool atOnce = false)
    {
        for (var i = 0; i < count; i++)
        {
            var lease = market.Request(job, worker)[0];
            var external = market.TaskRow(lease.Assignment.Task).Columns[TasksTable.ExternalId].Text;
            market.Submit(lease, worker, TruthOf(int.Parse(external[1..], System.Globalization.CultureInfo.InvariantCulture)));
            if (!atOnce)
                market.Pass(TimeSpan.FromSeconds(1));
        }
    }

    private static List<T> Events<T>(Market market, JobId job)
        where T : DomainEvent => market.Do(async () =>
        {
            var found = new List<T>();
            await foreach (var stored in market.Journal.ReadStreamAsync(LearningEvent.StreamOf(job), 0, CancellationToken.None))
            {
                if (EventTypes.Read(stored.Type, stored.Data.Span) is T e)
                    found.Add(e);
            }

            return found;
        });

    private static IReadOnlyList<Row> Rows(Market market, Table table, params (string Column, Value Value)[] where) =>
        market.Do(() => market.Journal.ReadRowsAsync(new(table) { Where = where, Limit = 1_000 }, CancellationToken.None));
}
