using System.Collections.Immutable;

namespace Crowd.Domain;

/// <summary>The model versions of a job as their events make them. Versions that only predicted are candidates and not listed.</summary>
public sealed record ModelsState
{
    public ImmutableDictionary<string, ModelVersion> Versions { get; init; } = ImmutableDictionary<string, ModelVersion>.Empty;

    /// <summary>The version, known or not.</summary>
    public ModelVersion Of(string model, string version) => Versions.GetValueOrDefault(Key(model, version)) ?? new();

    /// <summary>The state after the event.</summary>
    public ModelsState Apply(ModelEvent e)
    {
        var before = Of(e.Model, e.Version);
        var after = e switch
        {
            ModelEvent.Registered => before,
            ModelEvent.Measured m => before with { Figures = m.Figures },
            ModelEvent.Approved => before with { Status = ModelStatus.Approved },
            ModelEvent.Retired => before with { Status = ModelStatus.Retired },
            _ => throw new InvalidOperationException($"Models do not know {e.GetType().Name}."),
        };
        return this with { Versions = Versions.SetItem(Key(e.Model, e.Version), after with { Registered = true }) };
    }

    private static string Key(string model, string version) => $"{model}\n{version}";
}

/// <summary>Where one version stands.</summary>
public sealed record ModelVersion
{
    public bool Registered { get; init; }

    public ModelStatus Status { get; init; }

    /// <summary>The newest figures.</summary>
    public ModelFigures? Figures { get; init; }
}
