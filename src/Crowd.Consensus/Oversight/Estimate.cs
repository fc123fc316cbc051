namespace Crowd.Consensus.Oversight;

/// <summary>A measured value with the bounds of its interval at the level that was asked for.</summary>
/// <param name="Value">NaN where nothing was measured.</param>
/// <param name="Low">The lower bound; that of the range where nothing was measured.</param>
/// <param name="High">The upper bound; that of the range where nothing was measured.</param>
/// <param name="Count">Observations behind it.</param>
public readonly record struct Estimate(double Value, double Low, double High, int Count)
{
    /// <summary>The level of intervals unless another is asked for.</summary>
    public const double DefaultLevel = 0.95;

    public bool IsMeasured => !double.IsNaN(Value);

    /// <summary>Whether the bounds hold the value.</summary>
    public bool Covers(double truth) => truth >= Low - 1e-12 && truth <= High + 1e-12;

    internal static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "Between nought and one, as 0.95.");
    }
}
