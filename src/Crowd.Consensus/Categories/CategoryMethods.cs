using System.Collections.Frozen;
using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>A category method: answers in, result out.</summary>
public delegate CategoryResult CategoryMethod(CategoryAnswers answers, CategoryOptions? options);

/// <summary>The category methods by name.</summary>
public static class CategoryMethods
{
    /// <summary>Names are lower case with hyphens.</summary>
    public static FrozenDictionary<string, CategoryMethod> All { get; } = new Dictionary<string, CategoryMethod>(StringComparer.Ordinal)
    {
        [Auto.Name] = Auto.Run,
        [MajorityVote.Name] = MajorityVote.Run,
        [Wawa.Name] = Wawa.Run,
        [Wawa.ZeroBasedName] = Wawa.RunZeroBased,
        [DawidSkene.Name] = DawidSkene.Run,
        [DawidSkene.PriorName] = (answers, options) => DawidSkene.RunWithPrior(answers, options),
        [FastDawidSkene.Name] = FastDawidSkene.Run,
        [OneCoin.Name] = OneCoin.Run,
        [ClassifierCombination.IndependentName] = ClassifierCombination.RunIndependent,
        [ClassifierCombination.CorrelatedName] = ClassifierCombination.RunCorrelated,
        [BayesianWeightedAverage.Name] = BayesianWeightedAverage.Run,
        [Glad.Name] = Glad.Run,
        [Mace.Name] = Mace.Run,
        [MinimaxEntropy.Name] = MinimaxEntropy.Run,
        [OnlineBayes.Name] = OnlineBayes.Run,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
