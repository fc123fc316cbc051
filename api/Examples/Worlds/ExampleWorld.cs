using System.Text.Json.Nodes;
using Crowd.Domain;

namespace Crowd.Api.Examples;

/// <summary>Something to be decided: what programs and people see of it, what the model says, and the truth, which only the simulation knows.</summary>
/// <param name="Id">The requester's own id of it.</param>
/// <param name="Input">What is to be decided.</param>
/// <param name="Truth">The right label, by its name.</param>
/// <param name="Said">The model's label; null while no model has looked.</param>
/// <param name="Confidence">How sure the model says it is.</param>
internal sealed record ExampleItem(string Id, JsonObject Input, string Truth, string? Said = null, double Confidence = 0)
{
    /// <summary>The input's JSON, by which people find it again.</summary>
    public string Json => Input.ToJsonString();
}

/// <summary>A simulated person.</summary>
/// <param name="Name">By which seeded answers are told apart.</param>
/// <param name="Skill">How often an answer is right.</param>
/// <param name="Qualification">What it was qualified as; null for nothing.</param>
internal sealed record ExamplePerson(string Name, double Skill, string? Qualification = null);

/// <summary>
/// A world with a known truth: what comes in, what a model says of it and what people answer follow from the seed alone. People err independently of each other, and
/// the model states on the whole a little more than it should.
/// </summary>
internal abstract class ExampleWorld(int seed)
{
    /// <summary>Name and version of the simulated model.</summary>
    public const string Version = "1";

    public int Seed => seed;

    /// <summary>The model's name.</summary>
    public abstract string Model { get; }

    /// <summary>Names of the labels.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Those who answer.</summary>
    public abstract IReadOnlyList<ExamplePerson> People { get; }

    /// <summary>A quality manager: decides what is held and what people cannot settle.</summary>
    public ExamplePerson Judge { get; } = new("judge", 0.995);

    /// <summary>What people label before the model may do anything.</summary>
    public IReadOnlyList<ExampleItem> Past { get; protected init; } = [];

    /// <summary>What comes in afterwards.</summary>
    public IReadOnlyList<ExampleItem> Stream { get; protected init; } = [];

    /// <summary>What a person answers. The same person always answers the same to the same thing.</summary>
    public string AnswerOf(ExamplePerson person, ExampleItem item)
    {
        var place = SeededHash.Unit(seed, $"answer\n{person.Name}\n{item.Id}");
        var skill = SkillOf(person, item);
        return place < skill ? item.Truth : Other(item.Truth, (place - skill) / (1 - skill));
    }

    /// <summary>How often the person answers such an item right.</summary>
    protected virtual double SkillOf(ExamplePerson person, ExampleItem item) => person.Skill;

    /// <summary>
    /// What a model says that finds some things hard and knows on the whole which: it is right in 93 to 99.5 % of the easy ones and 50 to 80 % of the hard ones, and
    /// states a hundredth or two more.
    /// </summary>
    protected (string Said, double Confidence) Guess(Random random, string truth, double hardShare)
    {
        var isHard = random.NextDouble() < hardShare;
        var skill = isHard ? 0.5 + (0.3 * random.NextDouble()) : 0.93 + (0.065 * random.NextDouble());
        var said = random.NextDouble() < skill ? truth : Other(truth, random.NextDouble());
        return (said, Math.Round(Math.Min(0.995, skill + 0.015), 4));
    }

    /// <summary>So many people, their skills evenly spread from the first to the last.</summary>
    protected static IReadOnlyList<ExamplePerson> Group(string name, int count, double least, double most, string? qualification = null) =>
        [.. Enumerable.Range(0, count).Select(i => new ExamplePerson($"{name}-{i + 1}", Math.Round(least + ((most - least) * i / Math.Max(1, count - 1)), 3), qualification))];

    /// <summary>One of a list by chance.</summary>
    protected static T OneOf<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private string Other(string truth, double place)
    {
        var others = Labels.Where(l => l != truth).ToList();
        return others[Math.Min(others.Count - 1, (int)(place * others.Count))];
    }
}
