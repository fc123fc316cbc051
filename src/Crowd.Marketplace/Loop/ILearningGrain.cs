using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>Learns from a job's labels. Key: <see cref="LearningEvent.StreamOf"/>.</summary>
public interface ILearningGrain : IGrainWithStringKey
{
    /// <summary>
    /// Trains the built-in classifier if enough labels are new, says when the requester's model should be trained, and gives the tasks whose labels are wanted
    /// first. Asking again without new labels gives an order all the same.
    /// </summary>
    /// <param name="spec">The job's specification as it is now.</param>
    /// <param name="since">When the job was first learnt from in this life of its grain; what age is counted from.</param>
    Task<LearntOrder> LearnAsync(JobSpec spec, DateTimeOffset since);
}

/// <summary>What is to be asked next.</summary>
/// <param name="Version">The version of the built-in classifier that says so; 0 for none yet.</param>
/// <param name="Labels">Labels there were.</param>
/// <param name="Tasks">First one first; at most <see cref="LearningLimits.Asked"/>.</param>
public sealed record LearntOrder(int Version, int Labels, IReadOnlyList<TaskId> Tasks);

/// <summary>How much one round of learning looks at.</summary>
public static class LearningLimits
{
    /// <summary>Labelled tasks that a training uses, the newest ones.</summary>
    public const int Examples = 5_000;

    /// <summary>Open tasks that are weighed, the oldest ones.</summary>
    public const int Candidates = 5_000;

    /// <summary>Tasks put in order; the version's predictions on them are kept.</summary>
    public const int Asked = 200;

    /// <summary>Tasks put in order before there are labels to learn from: those that stand for most others.</summary>
    public const int Start = 20;

    /// <summary>Labelled tasks that new ones should be unlike, the newest ones.</summary>
    public const int Unlike = 200;

    /// <summary>Labels of a job that the classifier takes.</summary>
    public const int Categories = 50;

    /// <summary>Newest tasks that are compared for drift, half of them with the other half.</summary>
    public const int DriftTasks = 200;
}
