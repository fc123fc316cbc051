using System.IO.Hashing;
using System.Text;

namespace Crowd.Domain;

/// <summary>Chance that can be repeated: the same seed and text give the same number, whoever asks and whenever.</summary>
public static class SeededHash
{
    /// <summary>A number from 0 up to 1, evenly spread over texts: XxHash64 of the text under the seed, its upper 53 bits.</summary>
    public static double Unit(long seed, string text) => (XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text), seed) >> 11) * (1.0 / (1UL << 53));
}
