using Crowd.Domain;

namespace Crowd.Api.Examples;

/// <summary>
/// Applications for loans and a model that has learnt to mistrust postcodes of the north, where most of group B live: it denies strong applicants there. What is right
/// hangs on score, debts and years in work alone.
/// </summary>
internal sealed class LoanWorld : ExampleWorld
{
    /// <summary>How much the model takes off for a postcode of the north, in logits.</summary>
    private const double Mistrust = 3;

    private const double Seen = 0.5;

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">All follows from it.</param>
    /// <param name="past">Applications that people decide first.</param>
    /// <param name="stream">Applications that come in afterwards.</param>
    public LoanWorld(int seed, int past = 80, int stream = 300)
        : base(seed)
    {
        var random = new Random(seed);
        Past = [.. Enumerable.Range(1, past).Select(i => Application(random, $"past-{i}"))];
        Stream = [.. Enumerable.Range(1, stream).Select(i => Application(random, $"loan-{i}"))];
    }

    public override string Model => "scorer";

    public override IReadOnlyList<string> Labels { get; } = ["approve", "deny"];

    public override IReadOnlyList<ExamplePerson> People { get; } = Group("underwriter", 6, 0.93, 0.97, "underwriter");

    /// <summary>Whether an officer who looks over what the machine has approved stops this in time: half of what should not be.</summary>
    public bool Stops(ExampleItem application) => application.Said != application.Truth && SeededHash.Unit(Seed, $"seen\n{application.Id}") < Seen;

    private static ExampleItem Application(Random random, string id)
    {
        var isB = random.NextDouble() < 0.3;
        var isNorth = random.NextDouble() < (isB ? 0.8 : 0.15);
        var score = (int)Math.Clamp(660 + (60 * Bell(random)), 450, 820);
        var debt = Math.Round(Math.Clamp(0.34 + (0.1 * Bell(random)), 0.02, 0.8), 3);
        var years = random.Next(0, 16);
        var merit = ((score - 640) / 40.0) - ((debt - 0.36) / 0.1) + ((years - 6) / 8.0);
        var logit = (1.6 * merit) - (isNorth ? Mistrust : 0) + (1.2 * Bell(random));
        return new(
            id,
            new()
            {
                ["application"] = id,
                ["amount"] = random.Next(2, 61) * 1_000,
                ["score"] = score,
                ["debtRatio"] = debt,
                ["yearsInWork"] = years,
                ["postcode"] = $"{(isNorth ? "N" : "S")}{random.Next(1, 6)}",
                ["group"] = isB ? "B" : "A",
            },
            merit > 0 ? "approve" : "deny",
            logit > 0 ? "approve" : "deny",
            Math.Round(Math.Min(0.995, 1 / (1 + Math.Exp(-Math.Abs(logit)))), 4));
    }

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    private static double Bell(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
