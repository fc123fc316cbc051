namespace Crowd.Compatibility.Layout;

/// <summary>
/// Who may reference whom: the arrows of the design, each from a project to those that it may name, and through them to those that they may
/// name. Anything else is forbidden.
/// </summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Direct = new(StringComparer.Ordinal)
    {
        ["Crowd.Consensus"] = [],
        ["Crowd.Domain"] = ["Crowd.Consensus"],
        ["Crowd.Journal"] = [],
        ["Crowd.GrainRuntime"] = [],
        ["Crowd.GraphQL"] = [],
        ["Crowd.Marketplace"] = ["Crowd.Domain", "Crowd.Journal", "Crowd.GrainRuntime"],
        ["Crowd.Payments"] = ["Crowd.Domain"],
        ["Crowd.Silo"] = ["Crowd.Marketplace", "Crowd.Payments"],
        ["Crowd.Api"] = ["Crowd.Silo", "Crowd.Marketplace", "Crowd.GraphQL"],
    };

    public static IReadOnlyCollection<string> Projects => Direct.Keys;

    /// <summary>What the project may reference; null when it has no place in the design.</summary>
    public static IReadOnlySet<string>? From(string project)
    {
        if (!Direct.TryGetValue(project, out var named)) return null;
        HashSet<string> reached = [];
        var open = new Stack<string>(named);
        while (open.TryPop(out var next))
        {
            if (!reached.Add(next)) continue;
            foreach (var further in Direct[next]) open.Push(further);
        }

        return reached;
    }

    /// <summary>The one rule that test projects share with the others.</summary>
    public static string? OrleansFault(string project, string referenced) =>
        referenced.StartsWith("Orleans", StringComparison.Ordinal) || referenced.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)
            ? $"{project} references {referenced}: the default build has nothing of Orleans."
            : null;

    /// <summary>What is wrong with a reference of the project to another assembly or package, or null.</summary>
    public static string? Fault(string project, string referenced)
    {
        if (OrleansFault(project, referenced) is { } fault) return fault;
        if (!referenced.StartsWith("Crowd.", StringComparison.Ordinal)) return null;
        if (From(project) is not { } allowed) return $"{project} has no place in the layout.";
        return allowed.Contains(referenced) ? null : $"{project} references {referenced}, and no arrow leads there.";
    }
}
