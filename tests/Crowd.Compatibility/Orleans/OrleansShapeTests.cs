using Crowd.GrainRuntime;

namespace Crowd.Compatibility.Orleans;

/// <summary>
/// Holds the types of Crowd.GrainRuntime that bear Orleans' names against the real ones, so that grains compile unchanged against Orleans.
/// </summary>
public class OrleansShapeTests
{
    /// <summary>What a host of ours needs and Orleans does otherwise; grains name none of it.</summary>
    private static readonly HashSet<string> OursOnly =
    [
        nameof(GrainHost), nameof(GrainRuntimeOptions), nameof(GrainRuntimeServiceCollectionExtensions), nameof(GrainRuntimeTelemetry),
        nameof(GrainDefinitionException), nameof(DeterministicScheduler), nameof(MemoryGrainStorage), nameof(MemoryReminderTable),
    ];

    /// <summary>What grains implement.</summary>
    private static readonly HashSet<string> Implemented =
        [nameof(IAddressable), nameof(IGrain), nameof(IGrainWithStringKey), nameof(IGrainBase), nameof(IRemindable)];

    [Fact]
    public void Every_type_that_bears_an_Orleans_name_has_its_shape()
    {
        using var metadata = new OrleansMetadata();
        var ours = metadata.Ours.Where(type => !OursOnly.Contains(ShapeText.Key(type))).ToList();

        var differences = new ShapeComparer(ours, metadata.Theirs, Implemented).Differences().ToList();

        Assert.True(ours.Count >= 30, $"Only {ours.Count} types were compared.");
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Fact]
    public void What_is_ours_only_exists_here_and_not_in_Orleans()
    {
        using var metadata = new OrleansMetadata();

        Assert.Equal(OursOnly.Order(), metadata.Ours.Select(ShapeText.Key).Where(OursOnly.Contains).Order());
        Assert.Equal([], metadata.Theirs.Select(ShapeText.Key).Where(OursOnly.Contains));
    }
}
