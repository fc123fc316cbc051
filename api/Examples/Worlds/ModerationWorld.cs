using System.Text.Json.Nodes;
using Crowd.Domain;

namespace Crowd.Api.Examples;

/// <summary>Posts of a forum, a classifier that flags them, moderators, and authors who appeal.</summary>
internal sealed class ModerationWorld : ExampleWorld
{
    private const double HardShare = 0.3;

    private static readonly (string Label, double Share, string[] Texts)[] Kinds =
    [
        ("allow", 0.70, ["Has anyone tried the {0} with the new firmware?", "My {0} arrived today, two days early.", "I disagree: the {0} was better last year.", "Thanks, that fixed my {0}!"]),
        ("spam", 0.15, ["WIN a {0} NOW, click here", "Cheap {0}, no questions asked, write to me", "I earn 900 a day with my {0}, ask me how"]),
        ("harassment", 0.10, ["Only an idiot like you would buy that {0}.", "Go away, nobody wants you or your {0} here.", "You are too stupid for a {0}."]),
        ("threat", 0.05, ["I know where you and your {0} live.", "Sell that {0} or you will be sorry.", "Next time I see you, that {0} is not all I will break."]),
    ];

    private static readonly string[] Things = ["camera", "router", "bicycle", "tent", "guitar", "printer", "drone", "kettle", "telescope", "lamp"];

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">All follows from it.</param>
    /// <param name="past">Posts that people label first.</param>
    /// <param name="stream">Posts that come in afterwards.</param>
    public ModerationWorld(int seed, int past = 80, int stream = 300)
        : base(seed)
    {
        var random = new Random(seed);
        Past = [.. Enumerable.Range(1, past).Select(i => Post(random, $"past-{i}"))];
        Stream = [.. Enumerable.Range(1, stream).Select(i => Post(random, $"post-{i}"))];
    }

    public override string Model => "flagger";

    public override IReadOnlyList<string> Labels { get; } = [.. Kinds.Select(k => k.Label)];

    public override IReadOnlyList<ExamplePerson> People { get; } = [.. Group("reader", 8, 0.86, 0.95), .. Group("moderator", 4, 0.95, 0.97, "moderator")];

    /// <summary>The author's appeal against what was given out; null when there is none. Who was wronged mostly appeals, others now and then.</summary>
    public ExampleItem? AppealOf(ExampleItem post, string given)
    {
        if (given == "allow" || SeededHash.Unit(Seed, $"appeal\n{post.Id}") >= (given == post.Truth ? 0.15 : 0.8))
            return null;
        var input = (JsonObject)post.Input.DeepClone();
        input["appeal"] = true;
        return post with { Id = $"{post.Id}-appeal", Input = input };
    }

    private ExampleItem Post(Random random, string id)
    {
        var place = random.NextDouble();
        var kind = Kinds.First(k => (place -= k.Share) < 0 || k == Kinds[^1]);
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, OneOf(random, kind.Texts), OneOf(random, Things));
        var (said, confidence) = Guess(random, kind.Label, HardShare);
        return new(id, new() { ["post"] = id, ["text"] = text, ["author"] = $"u{random.Next(500)}" }, kind.Label, said, confidence);
    }
}
