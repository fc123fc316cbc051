using System.Globalization;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tasks;

/// <summary>What the events of a task change in the counts of its job by minute and by kind, and in the list of answers to review.</summary>
internal static class ProgressRows
{
    private const long MicrosecondsPerMinute = 60_000_000;
    private const double Million = 1_000_000;

    public static void Project(List<RowChange> rows, DateTimeOffset at, TaskEvent e)
    {
        var job = e.Job.Value;
        switch (e)
        {
            case TaskEvent.Submitted s:
                rows.Add(Minute(job, at, JobMinutesTable.Answers.Add(1), JobMinutesTable.TimeMs.Add(s.DurationMilliseconds)));
                rows.Add(Tally(job, "duration", DurationSteps.Of(s.DurationMilliseconds).ToString("D3", CultureInfo.InvariantCulture)));
                if (s is { GoldRight: null, Consistent: null })
                {
                    foreach (var name in Classes(s.Answer))
                        rows.Add(Tally(job, "answer", name));
                }

                if (s.ReviewDue is { } due)
                    rows.Add(RowChange.Put(ReviewsTable.Table, Key(job, s.Assignment), ReviewsTable.WorkerId.Set(s.Worker.Value), ReviewsTable.Due.Set(due)));
                break;
            case TaskEvent.Decided { Replaces: null } d:
                rows.Add(Minute(job, at,
                    JobMinutesTable.Decided.Add(1),
                    JobMinutesTable.ConfidencePpm.Add((long)(d.Confidence * Million)),
                    JobMinutesTable.Judged.Add(d.Votes.Count),
                    JobMinutesTable.Agreed.Add(d.Votes.Count(v => v.Agrees))));
                rows.Add(Tally(job, "answers", d.Votes.Count.ToString("D3", CultureInfo.InvariantCulture)));
                foreach (var name in Classes(d.Label))
                    rows.Add(Tally(job, "label", name));
                break;
            case TaskEvent.Escalated:
                rows.Add(Minute(job, at, JobMinutesTable.Escalated.Add(1)));
                break;
            case TaskEvent.Settled s:
                rows.Add(Minute(job, at, JobMinutesTable.Spent.Add(s.Settlements.Sum(one => one.PaidByPlatform ? 0 : one.PayMicros + one.FeeMicros))));
                foreach (var one in s.Settlements.Where(o => IsOfReview(o.Reason)))
                    rows.Add(RowChange.Delete(ReviewsTable.Table, Key(job, one.Assignment)));
                break;
        }
    }

    /// <summary>The classes that an answer names, each once; none for numbers, texts and rankings.</summary>
    private static IEnumerable<string> Classes(Answer answer) => answer switch
    {
        Answer.Choice c => [c.Label],
        Answer.Choices c => c.Labels,
        Answer.Rated r => [r.Value.ToString(CultureInfo.InvariantCulture)],
        Answer.Preferred p => [p.Side.ToString().ToLowerInvariant()],
        Answer.Boxed b => b.Boxes.Select(x => x.Class).Distinct(StringComparer.Ordinal),
        Answer.Spanned s => s.Spans.Select(x => x.Class).Distinct(StringComparer.Ordinal),
        _ => [],
    };

    /// <summary>How an answer that waits for review can be settled.</summary>
    private static bool IsOfReview(SettlementReason reason) =>
        reason is SettlementReason.Approved or SettlementReason.RejectedByRequester or SettlementReason.ReviewWindowOver or SettlementReason.JobEnded;

    private static RowChange Minute(string job, DateTimeOffset at, params ColumnChange[] columns) =>
        RowChange.Put(JobMinutesTable.Table, [job, at.ToMicroseconds() / MicrosecondsPerMinute], columns);

    private static RowChange Tally(string job, string kind, string bucket) => RowChange.Put(JobTalliesTable.Table, [job, kind, bucket], JobTalliesTable.Count.Add(1));

    private static Value[] Key(string job, AssignmentId id) => [job, id.Task.Value, id.Ordinal];
}
