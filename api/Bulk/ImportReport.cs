namespace Crowd.Api.Bulk;

/// <summary>What became of an import.</summary>
public sealed record ImportReport
{
    /// <summary>Lines with a task.</summary>
    public required long Lines { get; init; }

    /// <summary>Tasks added.</summary>
    public required long Added { get; init; }

    /// <summary>Tasks that were there already with the same content.</summary>
    public required long Known { get; init; }

    /// <summary>Bad lines, of which the first are named.</summary>
    public required long Bad { get; init; }

    /// <summary>True when bad lines made that nothing was taken.</summary>
    public required bool Refused { get; init; }

    public required IReadOnlyList<BadLine> BadLines { get; init; }
}

/// <summary>A line that is not a task.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">What to change.</param>
public sealed record BadLine(long Line, string Code, string Message);
