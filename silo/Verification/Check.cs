namespace Crowd.Silo.Verification;

/// <summary>The outcome of one check of a database.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Examined">How many things were looked at.</param>
/// <param name="Faults">How many were wrong.</param>
/// <param name="Examples">The first of them, for people.</param>
public sealed record Check(string Name, long Examined, long Faults, IReadOnlyList<string> Examples);

/// <summary>Counts what a check looks at and keeps the first faults.</summary>
internal sealed class Tally(string name)
{
    /// <summary>Most examples kept.</summary>
    public const int Examples = 10;

    private readonly List<string> _examples = [];
    private long _examined;
    private long _faults;

    public void Examine(long count = 1) => _examined += count;

    public void Fault(string what)
    {
        _faults++;
        if (_examples.Count < Examples)
            _examples.Add(what);
    }

    /// <summary>Counts one more thing, wrong unless the condition holds.</summary>
    public void Want(bool holds, Func<string> otherwise)
    {
        _examined++;
        if (!holds)
            Fault(otherwise());
    }

    public Check Result() => new(name, _examined, _faults, _examples);
}
