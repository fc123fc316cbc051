namespace Crowd.Domain;

/// <summary>The platform's fee.</summary>
public static class Fees
{
    /// <summary>The fee on an amount, rounded up to a micro.</summary>
    /// <param name="micros">The amount, 0 or more.</param>
    /// <param name="basisPoints">In hundredths of a percent, 0 to 10,000.</param>
    public static long On(long micros, int basisPoints) => (long)((((Int128)micros * basisPoints) + 9_999) / 10_000);
}
