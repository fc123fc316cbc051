using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>In which order a job asks for labels, and when its model should be trained anew. The built-in text classifier learns while an order is set.</summary>
public sealed record LearningPolicy
{
    /// <summary>Labels after which training can be wanted at the earliest.</summary>
    public const int LeastLabels = 10;

    /// <summary>Which tasks come first within their priority; none by default, then they come as they were added.</summary>
    public QueryOrdering Order { get; init; }

    /// <summary>Share of places that chance fills, 0 to 1; 0.1 by default.</summary>
    public double RandomShare { get; set; } = 0.1;

    /// <summary>How much being unlike the tasks before it counts, 0 to 1; 0.5 by default.</summary>
    public double Diversity { get; set; } = 0.5;

    /// <summary>Labels after which a training of the requester's own model is wanted, <see cref="LeastLabels"/> or more; null for never.</summary>
    public int? TrainAfterLabels { get; init; }

    /// <summary>Time after which a training is wanted if there are new labels, 1 hour or more; null for never.</summary>
    public TimeSpan? TrainAfter { get; init; }

    /// <summary>Whether a training is wanted when the model agrees with people less than it did; off by default.</summary>
    public bool TrainOnDrift { get; init; }

    /// <summary>Whether labels have to be looked at at all.</summary>
    [JsonIgnore]
    public bool Learns => Order != QueryOrdering.None || TrainAfterLabels is not null || TrainAfter is not null || TrainOnDrift;

    /// <summary>What is wrong with the policy; empty when nothing is.</summary>
    public IReadOnlyList<Violation> Check()
    {
        var found = new List<Violation>();
        void Want(bool holds, string path, string message)
        {
            if (!holds)
                found.Add(new(path, "range", message));
        }

        Want(Enum.IsDefined(Order), "order", "give none, uncertainty, margin, disagreement or expectedGain.");
        Want(RandomShare is >= 0 and <= 1, "randomShare", "give 0 to 1.");
        Want(Diversity is >= 0 and <= 1, "diversity", "give 0 to 1.");
        Want(TrainAfterLabels is null or >= LeastLabels, "trainAfterLabels", $"give {LeastLabels} or more, or nothing.");
        Want(TrainAfter is null || TrainAfter >= TimeSpan.FromHours(1), "trainAfter", "give an hour or more, or nothing.");
        return found;
    }
}

/// <summary>What makes a task come first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueryOrdering>))]
public enum QueryOrdering
{
    /// <summary>Nothing: tasks come as they were added.</summary>
    None,

    /// <summary>The classifier is least sure of its best label.</summary>
    Uncertainty,

    /// <summary>Its second label is closest to its first.</summary>
    Margin,

    /// <summary>Classifiers trained on different samples disagree.</summary>
    Disagreement,

    /// <summary>The label is expected to change the classifier most.</summary>
    ExpectedGain,
}
