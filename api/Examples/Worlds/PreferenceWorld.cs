using System.Text.Json.Nodes;

namespace Crowd.Api.Examples;

/// <summary>A response of a language model.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Quality">How good it is, in logits.</param>
internal sealed record ExampleResponse(string Text, double Quality);

/// <summary>
/// Prompts with four responses each, of which people compare pairs. How good a response is follows from the phrases in it. The reward model is not simulated: it is
/// trained on what people preferred (<see cref="RewardModel"/>), so that pairs have a prediction only once there is one.
/// </summary>
internal sealed class PreferenceWorld : ExampleWorld
{
    /// <summary>Pairs whose qualities are closer are not asked about: nobody could be right.</summary>
    private const double LeastLead = 0.9;

    private const int ResponsesPerPrompt = 4;
    private const int PhrasesPerResponse = 3;

    private static readonly string[] Topics = ["a broken tap", "sourdough", "compound interest", "tides", "backups", "vaccines", "chess openings", "composting", "tax returns", "bicycle gears"];
    private static readonly string[] Asks = ["Explain {0} to a child.", "What should I know about {0}?", "Give me a plan for {0}.", "Where do people go wrong with {0}?"];

    private static readonly (string Text, double Worth)[] Phrases =
    [
        ("Here are the steps in order.", 1.2), ("An example makes it clear.", 0.9), ("The source is named at the end.", 0.7), ("Two limits are worth knowing.", 0.5),
        ("It is a well known subject.", 0), ("Many books deal with it.", -0.2), ("As said before, as said before.", -0.7), ("Just search for it.", -1.0), ("Only a fool would ask.", -1.4),
    ];

    private readonly Dictionary<string, double> _leads = new(StringComparer.Ordinal);
    private readonly List<(string Prompt, IReadOnlyList<ExampleResponse> Responses)> _prompts = [];

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">All follows from it.</param>
    /// <param name="first">Prompts whose pairs people compare first; the reward model learns from them.</param>
    /// <param name="held">Prompts by which it is compared with people.</param>
    /// <param name="stream">Prompts that come afterwards.</param>
    public PreferenceWorld(int seed, int first = 30, int held = 15, int stream = 60)
        : base(seed)
    {
        var random = new Random(seed);
        for (var i = 1; i <= first + held + stream; i++)
        {
            var prompt = $"({i}) {string.Format(System.Globalization.CultureInfo.InvariantCulture, OneOf(random, Asks), OneOf(random, Topics))}";
            _prompts.Add((prompt, Responses(random)));
        }

        Compared = first + held;
        List<ExampleItem> Pairs(int from, int count, string name) => [.. Enumerable.Range(from, count).SelectMany(p => PairsOf(random, p, name))];
        Past = Pairs(0, first, "first");
        Held = Pairs(first, held, "held");
        Stream = Pairs(first + held, stream, "pair");
    }

    public override string Model => "reward";

    public override IReadOnlyList<string> Labels { get; } = ["left", "right"];

    public override IReadOnlyList<ExamplePerson> People { get; } = [.. Group("rater", 8, 0.88, 0.97), .. Group("hasty", 2, 0.7, 0.75)];

    /// <summary>Pairs by which the reward model is compared with people.</summary>
    public IReadOnlyList<ExampleItem> Held { get; }

    /// <summary>So many of the prompts, the first, have pairs that people compare whatever the reward model says.</summary>
    public int Compared { get; }

    /// <summary>All prompts and their responses.</summary>
    public IReadOnlyList<(string Prompt, IReadOnlyList<ExampleResponse> Responses)> Prompts => _prompts;

    /// <summary>The pair with what a reward model says of it, from its two scores.</summary>
    public static ExampleItem Scored(ExampleItem pair, double left, double right)
    {
        var probability = 1 / (1 + Math.Exp(right - left));
        return pair with { Said = probability >= 0.5 ? "left" : "right", Confidence = Math.Max(probability, 1 - probability) };
    }

    /// <summary>A close pair is harder: the skill is reached from three logits on.</summary>
    protected override double SkillOf(ExamplePerson person, ExampleItem item) => person.Skill - (0.02 * Math.Max(0, 1 - (_leads[item.Id] / 3)));

    private static List<ExampleResponse> Responses(Random random)
    {
        var found = new Dictionary<string, ExampleResponse>(StringComparer.Ordinal);
        while (found.Count < ResponsesPerPrompt)
        {
            var some = Enumerable.Range(0, Phrases.Length).OrderBy(_ => random.Next()).Take(PhrasesPerResponse).Order().Select(i => Phrases[i]).ToList();
            var text = string.Join(' ', some.Select(p => p.Text));
            found.TryAdd(text, new(text, some.Sum(p => p.Worth)));
        }

        return [.. found.Values];
    }

    private IEnumerable<ExampleItem> PairsOf(Random random, int prompt, string name)
    {
        var (text, responses) = _prompts[prompt];
        for (var i = 0; i < responses.Count; i++)
        {
            for (var j = i + 1; j < responses.Count; j++)
            {
                var (left, right) = random.Next(2) == 0 ? (responses[i], responses[j]) : (responses[j], responses[i]);
                if (Math.Abs(left.Quality - right.Quality) < LeastLead)
                    continue;
                var id = $"{name}-{prompt + 1}-{i + 1}{j + 1}";
                _leads[id] = Math.Abs(left.Quality - right.Quality);
                yield return new(id, new JsonObject { ["prompt"] = text, ["left"] = left.Text, ["right"] = right.Text }, left.Quality > right.Quality ? "left" : "right");
            }
        }
    }
}
