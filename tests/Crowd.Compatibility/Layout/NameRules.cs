namespace Crowd.Compatibility.Layout;

/// <summary>Names that say nothing of what is inside are refused, for folders and for types.</summary>
internal static class NameRules
{
    private static readonly string[] Refused = ["Services", "Helpers", "Helper", "Models", "Utils", "Util", "Manager", "Managers", "Common"];

    // As the last word of a type's name; the others are words of the field there (worker models, a set of services).
    private static readonly string[] RefusedEndings = ["Helper", "Helpers", "Util", "Utils", "Manager"];

    // The role of the design that bears the word.
    private static readonly string[] Exempt = ["QualityManager"];

    public static string? FolderFault(string path) =>
        path.Split('/', '\\').FirstOrDefault(part => part.Split('.').Any(word => Refused.Contains(word, StringComparer.OrdinalIgnoreCase))) is { } part
            ? $"Folder {path}: '{part}' says nothing of what is inside."
            : null;

    public static string? TypeFault(string assembly, string type)
    {
        var name = type.Split('`')[0];
        if (name.StartsWith('<')) return null;
        var refused = Refused.Contains(name, StringComparer.Ordinal)
            || RefusedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
        return refused && !Exempt.Any(exempt => name.EndsWith(exempt, StringComparison.Ordinal))
            ? $"Type {type} of {assembly} says nothing of what it does."
            : null;
    }
}
