namespace Crowd.Domain;

/// <summary>What a job has learnt, as the events make it.</summary>
public sealed record LearningState
{
    /// <summary>The newest version of the built-in classifier; 0 before the first training.</summary>
    public int Version { get; init; }

    /// <summary>Labels it was trained with.</summary>
    public int TrainedLabels { get; init; }

    /// <summary>Labels there were when a training of the requester's model was last wanted.</summary>
    public int WantedLabels { get; init; }

    /// <summary>When that was; null before the first time.</summary>
    public DateTimeOffset? WantedAt { get; init; }

    /// <summary>The state after the event.</summary>
    public LearningState Apply(LearningEvent e, DateTimeOffset at) => e switch
    {
        LearningEvent.Trained t => this with { Version = t.Version, TrainedLabels = t.Labels, WantedAt = WantedAt ?? at },
        LearningEvent.TrainingWanted w => this with { WantedLabels = w.Labels, WantedAt = at },
        _ => throw new InvalidOperationException($"Learning does not know {e.GetType().Name}."),
    };
}

/// <summary>When a job learns. Pure.</summary>
public static class LearningDecider
{
    /// <summary>New labels from which the built-in classifier is trained again, and a tenth of those there are.</summary>
    public const int LeastNewLabels = 20;

    /// <summary>Chance that is taken for drift.</summary>
    public const double DriftProbability = 0.01;

    /// <summary>Whether the built-in classifier should be trained with so many labels.</summary>
    public static bool ShouldTrain(LearningState state, int labels) =>
        labels >= LearningPolicy.LeastLabels && (state.Version == 0 || labels - state.TrainedLabels >= Math.Max(LeastNewLabels, state.TrainedLabels / 10));

    /// <summary>The event of a training.</summary>
    public static LearningEvent Train(LearningState state, JobId job, int labels, int compared, int right) =>
        new LearningEvent.Trained { Job = job, Version = state.Version + 1, Labels = labels, Compared = compared, Right = right };

    /// <summary>Whether the requester's model should be trained, and why. Labels come before age, age before drift.</summary>
    /// <param name="since">What age is counted from before the first time.</param>
    /// <param name="driftProbability">That the model agrees less than before by chance alone; null when it does not agree less or that cannot be told.</param>
    public static LearningEvent? Want(LearningState state, JobId job, LearningPolicy policy, int labels, DateTimeOffset since, DateTimeOffset now, double? driftProbability)
    {
        var fresh = labels - state.WantedLabels;
        if (fresh < LearningPolicy.LeastLabels)
            return null;
        TrainingReason? reason =
            fresh >= policy.TrainAfterLabels ? TrainingReason.Labels
            : policy.TrainAfter is { } time && now - (state.WantedAt ?? since) >= time ? TrainingReason.Age
            : policy.TrainOnDrift && driftProbability < DriftProbability ? TrainingReason.Drift
            : null;
        return reason is { } because
            ? new LearningEvent.TrainingWanted
            {
                Job = job,
                Labels = labels,
                NewLabels = fresh,
                Reason = because,
                Probability = because == TrainingReason.Drift ? driftProbability : null,
            }
            : null;
    }
}
