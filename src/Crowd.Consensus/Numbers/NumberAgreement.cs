namespace Crowd.Consensus.Numbers;

/// <summary>How close two numbers must be to agree: within either bound.</summary>
/// <param name="Absolute">In the unit of the numbers; not negative.</param>
/// <param name="Relative">As a share of the larger magnitude of the two; not negative.</param>
public readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>One part in twenty.</summary>
    public static Tolerance Default { get; } = new(0, 0.05);
}

/// <summary>Agreement of two numbers.</summary>
public static class NumberAgreement
{
    /// <summary>1 within the tolerance, falling in a straight line to 0 at twice the tolerance. With no tolerance only equals agree.</summary>
    public static double Closeness(double left, double right, Tolerance tolerance)
    {
        if (left.Equals(right)) return 1;

        var allowed = Math.Max(tolerance.Absolute, tolerance.Relative * Math.Max(Math.Abs(left), Math.Abs(right)));
        return allowed <= 0 ? 0 : Math.Clamp(2 - (Math.Abs(left - right) / allowed), 0, 1);
    }
}
