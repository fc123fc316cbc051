namespace Crowd.Consensus.Oversight;

/// <summary>An answer as fatigue sees it.</summary>
/// <param name="Worker">A number for the person.</param>
/// <param name="AtSeconds">When it was given.</param>
/// <param name="Seconds">How long it took, above 0.</param>
/// <param name="Right">Whether it was right; null where that is not known.</param>
public readonly record struct TimedAnswer(int Worker, double AtSeconds, double Seconds, bool? Right);

/// <summary>The last third of sessions held against the first.</summary>
/// <param name="Sessions">Sessions long enough to be counted.</param>
/// <param name="Early">Accuracy in the first thirds.</param>
/// <param name="Late">Accuracy in the last thirds.</param>
/// <param name="Change">Late less early, with Newcombe's interval; below nought is fatigue.</param>
/// <param name="Probability">Of a change at least so great by chance.</param>
/// <param name="TimeRatio">Geometric mean of late over early times in a session: above 1 is slower; NaN without sessions.</param>
public sealed record FatigueResult(int Sessions, Estimate Early, Estimate Late, Estimate Change, double Probability, double TimeRatio);

/// <summary>Whether people get worse or slower within a session: a run of answers without a long pause.</summary>
public static class Fatigue
{
    /// <summary>A pause that ends a session, in seconds: half an hour.</summary>
    public const double Pause = 1800;

    /// <summary>Answers that a session must have to be counted.</summary>
    public const int LeastAnswers = 6;

    public static FatigueResult Of(IEnumerable<TimedAnswer> answers, double level = Estimate.DefaultLevel)
    {
        double earlyRight = 0, early = 0, lateRight = 0, late = 0, logRatios = 0;
        var sessions = 0;
        foreach (var session in Sessions(answers).Where(s => s.Count >= LeastAnswers))
        {
            var third = session.Count / 3;
            sessions++;
            logRatios += MeanLog(session.GetRange(session.Count - third, third)) - MeanLog(session.GetRange(0, third));
            foreach (var answer in session.Take(third).Where(a => a.Right is not null))
            {
                early++;
                earlyRight += answer.Right == true ? 1 : 0;
            }

            foreach (var answer in session.TakeLast(third).Where(a => a.Right is not null))
            {
                late++;
                lateRight += answer.Right == true ? 1 : 0;
            }
        }

        return new FatigueResult(
            sessions,
            Share.Wilson(earlyRight, early, level),
            Share.Wilson(lateRight, late, level),
            Share.Difference(lateRight, late, earlyRight, early, level),
            Share.Test(lateRight, late, earlyRight, early),
            sessions == 0 ? double.NaN : Math.Exp(logRatios / sessions));
    }

    private static IEnumerable<List<TimedAnswer>> Sessions(IEnumerable<TimedAnswer> answers)
    {
        foreach (var person in answers.GroupBy(a => a.Worker))
        {
            var session = new List<TimedAnswer>();
            foreach (var answer in person.OrderBy(a => a.AtSeconds))
            {
                if (session.Count > 0 && answer.AtSeconds - session[^1].AtSeconds > Pause)
                {
                    yield return session;
                    session = [];
                }

                session.Add(answer);
            }

            yield return session;
        }
    }

    private static double MeanLog(List<TimedAnswer> answers) => answers.Average(a => Math.Log(Math.Max(a.Seconds, 0.001)));
}
