using Crowd.Domain;

namespace Crowd.Payments;

/// <summary>
/// Amounts as Stripe counts them: whole minor units by its own table of currencies, which is not ISO 4217's everywhere
/// (https://docs.stripe.com/currencies: zero-decimal, special case and three-decimal currencies).
/// </summary>
internal static class StripeAmounts
{
    // Without decimals at Stripe. MGA has them in ISO 4217; ISK and UGX have none there, and two here.
    private static readonly HashSet<string> ZeroDecimal = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    // Three decimals, of which the last must be zero.
    private static readonly HashSet<string> ThreeDecimal = new(StringComparer.Ordinal) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    // Written with two decimals that must be zero.
    private static readonly HashSet<string> WholeUnits = new(StringComparer.Ordinal) { "ISK", "UGX" };

    /// <summary>Stripe's code of a currency: lower case.</summary>
    public static string Code(Currency currency) => currency.Code.ToLowerInvariant();

    /// <summary>
    /// Micros in the smallest amount that can be moved: all amounts are multiples of it. (Of forint and Taiwan dollars a bank gets whole ones only; the rest of what was
    /// transferred waits on the account.)
    /// </summary>
    public static long StepMicros(Currency currency) =>
        ZeroDecimal.Contains(currency.Code) || WholeUnits.Contains(currency.Code) ? Currency.MicrosPerUnit : Currency.MicrosPerUnit / 100;

    /// <summary>The amount in Stripe's minor units; false when it is not a multiple of what the currency allows.</summary>
    public static bool TryWrite(Money amount, out long minor)
    {
        minor = amount.Micros / MicrosPerMinor(amount.Currency.Code);
        return amount.Micros % StepMicros(amount.Currency) == 0;
    }

    /// <summary>The amount that Stripe means. Any amount can be read, also one that could not be asked for, such as a converted or partly refunded one.</summary>
    /// <exception cref="FormatException">The currency is none that is known.</exception>
    public static Money Read(long minor, string currency) =>
        Currency.TryParse(currency, out var known)
            ? new(checked(minor * MicrosPerMinor(known.Code)), known)
            : throw new FormatException($"Stripe names the currency '{currency}', which is not one.");

    private static long MicrosPerMinor(string code) =>
        ZeroDecimal.Contains(code) ? Currency.MicrosPerUnit
        : ThreeDecimal.Contains(code) ? Currency.MicrosPerUnit / 1_000
        : Currency.MicrosPerUnit / 100;
}
