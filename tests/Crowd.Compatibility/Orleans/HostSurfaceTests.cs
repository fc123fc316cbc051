using System.Text.RegularExpressions;
using Crowd.Compatibility.Layout;

namespace Crowd.Compatibility.Orleans;

/// <summary>
/// What the cluster's host (silo/Cluster, not compiled in this build) names of Orleans is there, by the same names. Extensions and providers that come in packages which this build does
/// not look at are left to the Orleans build.
/// </summary>
public partial class HostSurfaceTests
{
    /// <summary>Every type of Orleans that the host names, with the members of it that it uses.</summary>
    private static readonly Dictionary<string, string[]> Used = new(StringComparer.Ordinal)
    {
        ["ClientMessagingOptions"] = ["ResponseTimeout"],
        ["ClientNotAvailableException"] = [],
        ["ClusterMembershipOptions"] = ["ProbeTimeout", "TableRefreshTimeout"],
        ["ClusterOptions"] = ["ClusterId", "ServiceId"],
        ["ConnectionFailedException"] = [],
        ["CopyContext"] = [],
        ["EndpointOptions"] = ["AdvertisedIPAddress", "SiloPort", "GatewayPort", "SiloListeningEndpoint", "GatewayListeningEndpoint"],
        ["Field"] = [],
        ["GatewayOptions"] = ["GatewayListRefreshPeriod"],
        ["GatewayTooBusyException"] = [],
        ["IClientBuilder"] = ["Services"],
        ["IClientConnectionRetryFilter"] = ["ShouldRetryConnectionAttempt"],
        ["IClusterClient"] = [],
        ["ICodecProvider"] = ["GetCodec"],
        ["IGeneralizedCodec"] = ["IsSupportedType", "WriteField", "ReadValue"],
        ["IGeneralizedCopier"] = ["IsSupportedType", "DeepCopy"],
        ["ILifecycleParticipant"] = ["Participate"],
        ["ILocalSiloDetails"] = ["ClusterId", "SiloAddress"],
        ["InconsistentStateException"] = [],
        ["IOutgoingGrainCallContext"] = ["Invoke"],
        ["IOutgoingGrainCallFilter"] = ["Invoke"],
        ["ISiloBuilder"] = ["Services"],
        ["ISiloLifecycle"] = ["Subscribe"],
        ["ITypeFilter"] = ["IsTypeAllowed"],
        ["OrleansMessageRejectionException"] = [],
        ["Reader"] = [],
        ["ServiceLifecycleStage"] = ["RuntimeInitialize", "Active"],
        ["SiloAddress"] = ["Endpoint", "Generation"],
        ["SiloMessagingOptions"] = ["ResponseTimeout", "SystemResponseTimeout"],
        ["SiloStatus"] = ["Dead"],
        ["SiloUnavailableException"] = [],
        ["Writer"] = [],
    };

    [Fact]
    public void The_list_names_every_type_that_the_host_does()
    {
        using var metadata = new OrleansMetadata();
        var sources = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "silo", "Cluster"), "*.cs").Select(File.ReadAllText));
        var own = Declared().Matches(sources).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        // Comments and texts name what they like; a member that is called like a type stands behind a full stop.
        var code = Unread().Replace(sources, "");
        var named = Names().Matches(code).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], metadata.Theirs.Select(Name).Where(t => named.Contains(t) && !own.Contains(t)).Except(Used.Keys));
        Assert.True(Used.Keys.Count(named.Contains) >= 20, "The host's sources were not read.");
    }

    [Fact]
    public void Every_type_and_member_of_the_list_is_there()
    {
        using var metadata = new OrleansMetadata();
        var theirs = metadata.Theirs.ToLookup(Name, StringComparer.Ordinal);
        foreach (var (type, members) in Used)
        {
            var there = theirs[type].SelectMany(t => t.GetInterfaces().Append(t).Concat(Bases(t))).SelectMany(t => t.GetMembers()).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            Assert.True(theirs[type].Any(), $"Orleans has no {type}.");
            Assert.All(members, member => Assert.True(there.Contains(member), $"{type} has no {member}."));
        }
    }

    private static string Name(Type type) => type.Name.Split('`')[0];

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var t = type.BaseType; t is not null; t = t.BaseType)
            yield return t;
    }

    [GeneratedRegex(@"\b(class|record|interface|enum) (?<name>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Declared();

    [GeneratedRegex("//[^\n]*|\"[^\"\n]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex Unread();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+|(?<=Messaging\.)\w+", RegexOptions.None, 1_000)]
    private static partial Regex Names();
}
