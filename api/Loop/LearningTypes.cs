using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Loop;

/// <summary>In which order a job asks for labels, and when its model should be trained anew; what is left out has its default.</summary>
/// <param name="Order">Which tasks come first within their priority, as the built-in text classifier sees it; none by default.</param>
/// <param name="RandomShare">Share of places that chance fills, 0 to 1; 0.1 by default.</param>
/// <param name="Diversity">How much being unlike the tasks before it counts, 0 to 1; 0.5 by default.</param>
/// <param name="TrainAfterLabels">New labels after which the log says that training of your model is wanted, 10 or more; never by default.</param>
/// <param name="TrainAfter">Time after which it says so if there are new labels, an hour or more; never by default.</param>
/// <param name="TrainOnDrift">Whether it says so when the model agrees with people less than it did.</param>
public sealed record LearningInput(
    QueryOrdering Order = QueryOrdering.None, double RandomShare = 0.1, double Diversity = 0.5, int? TrainAfterLabels = null, TimeSpan? TrainAfter = null, bool TrainOnDrift = false)
{
    internal LearningPolicy ToDomain() => new()
    {
        Order = Order,
        RandomShare = RandomShare,
        Diversity = Diversity,
        TrainAfterLabels = TrainAfterLabels,
        TrainAfter = TrainAfter,
        TrainOnDrift = TrainOnDrift,
    };
}

/// <summary>In which order a job asks for labels, and when its model should be trained anew.</summary>
[GraphQLName("Learning")]
public sealed record LearningView(QueryOrdering Order, double RandomShare, double Diversity, int? TrainAfterLabels, TimeSpan? TrainAfter, bool TrainOnDrift)
{
    internal static LearningView Of(LearningPolicy p) => new(p.Order, p.RandomShare, p.Diversity, p.TrainAfterLabels, p.TrainAfter, p.TrainOnDrift);
}
