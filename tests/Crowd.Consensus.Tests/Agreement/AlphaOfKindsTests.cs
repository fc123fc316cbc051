using Crowd.Consensus.Agreement;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Boxes;
using Crowd.Consensus.Spans;

namespace Crowd.Consensus.Tests.Agreement;

public class AlphaOfKindsTests
{
    private static readonly int[] Tasks = [0, 0, 0, 1, 1, 1, 2, 2];

    [Fact]
    public void Sets_of_one_label_have_the_nominal_alpha()
    {
        int[][] sets = [[0], [0], [1], [1], [1], [1], [2], [0]];
        var nominal = KrippendorffAlpha.Of(Tasks, Array.ConvertAll(sets, s => (double)s[0]), MeasurementLevel.Nominal).Value;
        Assert.Equal(nominal, AlphaOfKinds.Masi(Tasks, sets).Value, 12);
        Assert.Equal(nominal, AlphaOfKinds.Sets(Tasks, sets).Value, 12);
    }

    [Fact]
    public void Masi_is_stricter_than_Jaccard_on_sets_that_only_overlap()
    {
        int[][] sets = [[0, 1], [0, 1], [0, 2], [3], [3], [3, 4], [5], [5]];
        Assert.True(AlphaOfKinds.Masi(Tasks, sets).Value < AlphaOfKinds.Sets(Tasks, sets).Value);
    }

    [Fact]
    public void Perfect_agreement_is_one_for_every_kind_and_chance_is_near_nought()
    {
        string[] texts = ["a", "a", "a", "bb", "bb", "bb", "c", "c"];
        Assert.Equal(1, AlphaOfKinds.Texts(Tasks, texts).Value, 12);
        Assert.Equal(1, AlphaOfKinds.Boxes(Tasks, Array.ConvertAll(Tasks, t => new[] { new Box(100 * t, 0, (100 * t) + 10, 10) })).Value, 12);
        Assert.Equal(1, AlphaOfKinds.Spans(Tasks, Array.ConvertAll(Tasks, t => new[] { new TextSpan(10 * t, (10 * t) + 4, 0) })).Value, 12);
        Assert.Equal(1, AlphaOfKinds.Rankings(Tasks, Array.ConvertAll(Tasks, t => t == 0 ? [0, 1] : new[] { 1, 0 })).Value, 12);

        var random = new Random(1);
        var tasks = Enumerable.Range(0, 600).Select(i => i / 3).ToArray();
        Assert.InRange(AlphaOfKinds.Sets(tasks, tasks.Select(_ => new[] { random.Next(4) }).ToArray()).Value, -.08, .08);
    }

    [Fact]
    public void Agreement_by_worker_pair_label_and_task()
    {
        var answers = CategoryAnswers.From([0, 0, 0, 1, 1, 1, 2, 2], [0, 1, 2, 0, 1, 2, 0, 1], [0, 0, 1, 1, 1, 1, 0, 1], 3, 3, 2);
        Assert.Equal([1 / 3.0, 1, 0], WorkerPairs.ByTask(answers).Select(x => Math.Round(x, 12)).Select((x, i) => i == 0 ? 1 / 3.0 : x));
        Assert.Equal((.5 + 1 + 0) / 3, WorkerPairs.ByWorker(answers)[0], 12);
        Assert.Equal((.5 + .5 + 0) / 3, WorkerPairs.ByLabel(answers)[0], 12);
        var pair = WorkerPairs.Of(answers)[0];
        Assert.Equal((0, 1, 3), (pair.First, pair.Second, pair.Tasks));
        Assert.Equal(2 / 3.0, pair.Agreement, 12);
        Assert.True(WorkerPairs.MeanKappa(answers).IsDefined);
    }
}
