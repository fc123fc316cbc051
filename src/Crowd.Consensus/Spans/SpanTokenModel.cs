using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Spans;

/// <summary>
/// Every position of every text that anyone marked is put as a question of its own: no span, or a span of which label. A category method with a
/// model of workers answers them, and runs of equal labels become spans. Positions that nobody marked are free.
/// </summary>
public static class SpanTokenModel
{
    public const string Name = "token-model";

    /// <summary>The spans of each task in order of the text.</summary>
    /// <param name="tasks">The task of each answer.</param>
    /// <param name="workers">The worker of each answer; one answer a worker and task.</param>
    /// <param name="answers">The spans of each answer; empty for none.</param>
    /// <param name="labelCount">Span labels are 0 to <paramref name="labelCount"/> − 1.</param>
    /// <param name="method">The method that decides each position; by default Dawid-Skene with a prior.</param>
    public static List<AgreedSpan>[] Run(
        ReadOnlySpan<int> tasks, ReadOnlySpan<int> workers, IReadOnlyList<TextSpan[]> answers, int taskCount, int workerCount, int labelCount, CategoryMethod? method = null)
    {
        method ??= (given, options) => DawidSkene.RunWithPrior(given, options);
        var units = Agreement.Units.Of(tasks);
        var questions = new List<(int Task, int Position)>();
        var asked = new List<int>();
        var by = new List<int>();
        var given = new List<int>();
        for (var t = 0; t < units.Count; t++)
        {
            var members = units.Of(t);
            foreach (var position in Marked(members, answers))
            {
                foreach (var i in members)
                {
                    asked.Add(questions.Count);
                    by.Add(workers[i]);
                    given.Add(LabelAt(answers[i], position) + 1);
                }

                questions.Add((t, position));
            }
        }

        var spans = new List<AgreedSpan>[taskCount];
        for (var t = 0; t < taskCount; t++) spans[t] = [];
        if (questions.Count == 0) return spans;

        var result = method(
            CategoryAnswers.From(asked.ToArray(), by.ToArray(), given.ToArray(), questions.Count, workerCount, labelCount + 1), null);
        Collect(questions, result, units, spans);
        return spans;
    }

    private static SortedSet<int> Marked(ReadOnlySpan<int> members, IReadOnlyList<TextSpan[]> answers)
    {
        var marked = new SortedSet<int>();
        foreach (var i in members)
        {
            foreach (var span in answers[i])
            {
                for (var p = span.Start; p < span.End; p++) marked.Add(p);
            }
        }

        return marked;
    }

    /// <summary>−1 where the answer has no span; where several overlap, the first.</summary>
    private static int LabelAt(TextSpan[] spans, int position)
    {
        foreach (var span in spans)
        {
            if (position >= span.Start && position < span.End) return span.Label;
        }

        return -1;
    }

    private static void Collect(List<(int Task, int Position)> questions, CategoryResult result, Agreement.Units units, List<AgreedSpan>[] spans)
    {
        for (var q = 0; q < questions.Count;)
        {
            var label = result.Labels[q] - 1;
            var (task, start) = questions[q];
            var confidence = 0.0;
            var end = q;
            while (end < questions.Count && questions[end] == (task, start + end - q) && result.Labels[end] - 1 == label) confidence += result.Confidence(end++);

            if (label >= 0) spans[task].Add(new AgreedSpan(new TextSpan(start, start + end - q, label), confidence / (end - q), units.Of(task).Length));
            q = end;
        }
    }
}
