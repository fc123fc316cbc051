namespace Crowd.Consensus.Agreement;

/// <summary>A coefficient of agreement, or the reason why it has no value.</summary>
/// <param name="Value">NaN where undefined.</param>
/// <param name="Undefined">Why there is no value, as a sentence; empty where there is one.</param>
public readonly record struct Coefficient(double Value, string Undefined)
{
    public bool IsDefined => Undefined.Length == 0;

    public static Coefficient Of(double value) => new(value, "");

    public static Coefficient None(string reason) => new(double.NaN, reason);
}

/// <summary>What may be done with values: tell apart, order, subtract, divide.</summary>
public enum MeasurementLevel
{
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}
