namespace Crowd.Api.Examples;

/// <summary>Chest images, a model that looks at them first, radiologists who read them two by two, and a senior who settles what they disagree on.</summary>
internal sealed class ReadingWorld : ExampleWorld
{
    private const double HardShare = 0.4;

    private static readonly string[] Indications = ["cough", "fever", "check-up", "chest pain", "follow-up"];

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">All follows from it.</param>
    /// <param name="stream">Studies.</param>
    public ReadingWorld(int seed, int stream = 300)
        : base(seed)
    {
        var random = new Random(seed);
        Stream = [.. Enumerable.Range(1, stream).Select(i => Study(random, $"study-{i}"))];
    }

    public override string Model => "chestnet";

    public override IReadOnlyList<string> Labels { get; } = ["normal", "benign", "suspicious"];

    public override IReadOnlyList<ExamplePerson> People { get; } = Group("reader", 6, 0.88, 0.95, "radiologist");

    private ExampleItem Study(Random random, string id)
    {
        var truth = random.NextDouble() switch { < 0.6 => "normal", < 0.85 => "benign", _ => "suspicious" };
        var (said, confidence) = Guess(random, truth, HardShare);
        return new(id, new() { ["study"] = id, ["image"] = $"https://images.example/{id}.png", ["indication"] = OneOf(random, Indications), ["age"] = random.Next(20, 90) }, truth, said, confidence);
    }
}
