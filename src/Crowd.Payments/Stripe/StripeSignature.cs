using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crowd.Payments;

/// <summary>
/// The <c>Stripe-Signature</c> header: <c>t=SECONDS,v1=HEX[,v1=HEX…]</c>, each v1 the HMAC-SHA-256 of <c>t.body</c> under a secret of the endpoint
/// (https://docs.stripe.com/webhooks/signature). Other schemes in the header are passed over.
/// </summary>
internal static class StripeSignature
{
    /// <summary>Characters of a header that are looked at; a longer one is not genuine.</summary>
    public const int MaxHeader = 2_000;

    /// <summary>A header for the body, as Stripe would send it.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Compute(body, secret, seconds.ToString(CultureInfo.InvariantCulture)))}");
    }

    /// <summary>
    /// Whether the body was signed with one of the secrets, not longer ago than the tolerance and not further ahead. All secrets and signatures are tried,
    /// in time that does not depend on their content.
    /// </summary>
    public static SignatureCheck Check(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets, DateTimeOffset now, TimeSpan tolerance)
    {
        if (string.IsNullOrEmpty(header) || header.Length > MaxHeader)
            return SignatureCheck.Malformed;
        string? time = null;
        var signatures = new List<byte[]>();
        foreach (var item in header.Split(','))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            var value = item[(equals + 1)..];
            if (item.AsSpan(0, equals) is "t")
                time = value;
            else if (item.AsSpan(0, equals) is "v1" && value.Length == 2 * SHA256.HashSizeInBytes && value.All(char.IsAsciiHexDigitLower))
                signatures.Add(Convert.FromHexString(value));
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || signatures.Count == 0)
            return SignatureCheck.Malformed;

        var genuine = false;
        foreach (var secret in secrets)
        {
            var expected = Compute(body, secret, time);
            foreach (var signature in signatures)
                genuine |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        if (!genuine)
            return SignatureCheck.Forged;
        return (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= tolerance ? SignatureCheck.Genuine : SignatureCheck.Stale;
    }

    private static byte[] Compute(ReadOnlySpan<byte> body, string secret, string time)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

/// <summary>What a signature says.</summary>
internal enum SignatureCheck
{
    /// <summary>Stripe sent it, lately.</summary>
    Genuine,

    /// <summary>The header is missing or not one.</summary>
    Malformed,

    /// <summary>No signature belongs to the body and a secret.</summary>
    Forged,

    /// <summary>Genuine but too old or from the future: perhaps sent again by somebody who overheard it.</summary>
    Stale,
}
