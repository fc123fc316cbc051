namespace Crowd.Api.Examples;

/// <summary>
/// A reward model as small as one can be: a weight for each word, learnt from pairs of a chosen and a rejected response by logistic regression on the difference of
/// their words, under a normal prior. Given pairs in the same order it always learns the same.
/// </summary>
internal sealed class RewardModel
{
    private const int Rounds = 200;
    private const double Rate = 0.5;
    private const double Prior = 0.02;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    /// <summary>Learns which of two responses people chose.</summary>
    public static RewardModel Train(IReadOnlyList<(string Chosen, string Rejected)> pairs)
    {
        var model = new RewardModel();
        var differences = pairs.Select(p => Difference(p.Chosen, p.Rejected)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var slope = model._weights.ToDictionary(w => w.Key, w => -Prior * w.Value, StringComparer.Ordinal);
            foreach (var difference in differences)
            {
                var surprise = 1 / (1 + Math.Exp(difference.Sum(d => d.Count * model._weights.GetValueOrDefault(d.Word))));
                foreach (var (word, count) in difference)
                    slope[word] = slope.GetValueOrDefault(word) + (surprise * count / differences.Count);
            }

            foreach (var (word, change) in slope)
                model._weights[word] = model._weights.GetValueOrDefault(word) + (Rate * change);
        }

        return model;
    }

    /// <summary>How good the response is, in logits.</summary>
    public double Score(string response) => Math.Round(Words(response).Sum(w => _weights.GetValueOrDefault(w)), 6);

    private static IReadOnlyList<(string Word, int Count)> Difference(string chosen, string rejected) =>
        [.. Words(chosen).Select(w => (Word: w, Count: 1)).Concat(Words(rejected).Select(w => (Word: w, Count: -1)))
            .GroupBy(w => w.Word, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(w => w.Count))).Where(w => w.Item2 != 0)];

    private static string[] Words(string text) => text.ToLowerInvariant().Split([' ', '.', ',', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries);
}
