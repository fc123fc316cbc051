using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Crowd.Domain;

/// <summary>
/// The words of labelled tasks, as a set of hashes: 2^18 places, XxHash64 of each run of letters and digits in lower case, over all values within the
/// input. A word that shares a place with a known one counts as known, so novelty is never overstated.
/// </summary>
public sealed class Vocabulary
{
    private const int Places = 1 << 18;

    private readonly ulong[] _known = new ulong[Places / 64];

    /// <summary>Inputs learnt.</summary>
    public int Inputs { get; private set; }

    /// <summary>Learns the words of an input.</summary>
    public void Learn(JsonElement input)
    {
        Inputs++;
        Walk(input, place => _known[place >> 6] |= 1UL << (place & 63));
    }

    /// <summary>Share of the input's words that are not known, 0 to 1, each counted as often as it stands there; null when it has no word or nothing was learnt.</summary>
    public double? Novelty(JsonElement input)
    {
        var (words, unknown) = (0, 0);
        Walk(input, place =>
        {
            words++;
            unknown += (_known[place >> 6] >> (place & 63) & 1) == 0 ? 1 : 0;
        });
        return words == 0 || Inputs == 0 ? null : (double)unknown / words;
    }

    private static void Walk(JsonElement json, Action<int> word)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                Words(json.GetString()!, word);
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                Words(json.GetRawText(), word);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    Walk(item, word);
                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    Walk(property.Value, word);
                break;
        }
    }

    private static void Words(string text, Action<int> word)
    {
        var lower = text.ToLowerInvariant();
        var start = -1;
        for (var i = 0; i <= lower.Length; i++)
        {
            var inWord = i < lower.Length && char.IsLetterOrDigit(lower[i]);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                word((int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(lower.AsSpan(start, i - start))) & (Places - 1)));
                start = -1;
            }
        }
    }
}
