namespace Crowd.Domain;

/// <summary>
/// An amount in micros (millionths of the currency's unit). Arithmetic is checked and never mixes currencies; there is no division, only
/// <see cref="Allocate"/>, which conserves the sum.
/// </summary>
public readonly record struct Money(long Micros, Currency Currency) : IComparable<Money>
{
    /// <summary>No money in the currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(checked(left.Micros + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Micros - right.In(left.Currency)), left.Currency);

    public static Money operator *(Money money, long times) => new(checked(money.Micros * times), money.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Micros.CompareTo(other.In(Currency));

    /// <summary>The whole minor units in the amount (what a provider can be paid), rounded towards zero.</summary>
    public long WholeMinorUnits => Micros / Currency.MicrosPerMinorUnit;

    /// <summary>The amount without what is less than a minor unit; the rest stays where it was.</summary>
    public Money InWholeMinorUnits() => new(checked(WholeMinorUnits * Currency.MicrosPerMinorUnit), Currency);

    /// <summary>
    /// Splits the amount in proportion to the weights; the parts add up to the amount exactly. Micros that do not divide go one each to
    /// the parts with the largest remainders, the first of equal ones.
    /// </summary>
    /// <exception cref="ArgumentException">A weight is negative or all are zero.</exception>
    public Money[] Allocate(params ReadOnlySpan<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            if (weight < 0)
                throw new ArgumentException("A weight is negative.", nameof(weights));
            total += weight;
        }

        if (total == 0)
            throw new ArgumentException("All weights are zero.", nameof(weights));

        var parts = new Money[weights.Length];
        var remainders = new (Int128 Size, int Index)[weights.Length];
        var left = (Int128)Micros;
        for (var i = 0; i < weights.Length; i++)
        {
            var exact = (Int128)Micros * weights[i];
            var part = (long)(exact / total);
            parts[i] = new(part, Currency);
            remainders[i] = (Int128.Abs(exact % total), i);
            left -= part;
        }

        Array.Sort(remainders, static (a, b) => a.Size != b.Size ? b.Size.CompareTo(a.Size) : a.Index.CompareTo(b.Index));
        var step = left < 0 ? -1 : 1;
        for (var i = 0; left != 0; i++, left -= step)
            parts[remainders[i].Index] = new(parts[remainders[i].Index].Micros + step, Currency);
        return parts;
    }

    /// <summary>For people: units with the currency's decimals, more where the amount needs them.</summary>
    public override string ToString()
    {
        var units = (decimal)Micros / Domain.Currency.MicrosPerUnit;
        var least = units.ToString("F" + Currency.Exponent, System.Globalization.CultureInfo.InvariantCulture);
        return (Micros % Currency.MicrosPerMinorUnit == 0 ? least : units.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)) + " " + Currency.Code;
    }

    private long In(Currency wanted) =>
        Currency == wanted ? Micros : throw new InvalidOperationException($"{Currency} and {wanted} do not mix.");
}
