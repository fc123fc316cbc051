namespace Crowd.Consensus.Text;

/// <summary>Cuts a text into words and marks; letters and digits stay together, with apostrophes and hyphens inside a word.</summary>
public static class TextTokens
{
    /// <summary>The tokens in order; white space only separates.</summary>
    public static string[] Of(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i++;
            if (IsWord(text[start]))
            {
                while (i < text.Length && (IsWord(text[i]) || (text[i] is '\'' or '’' or '-' && i + 1 < text.Length && IsWord(text[i + 1])))) i++;
            }

            tokens.Add(text[start..i]);
        }

        return [.. tokens];
    }

    /// <summary>Puts tokens together, with no space before closing marks or after opening ones.</summary>
    public static string Join(IReadOnlyList<string> tokens)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var closes = tokens[i] is "." or "," or "!" or "?" or ";" or ":" or ")" or "]" or "%" or "…" or "。" or "、";
            var opened = i > 0 && tokens[i - 1] is "(" or "[" or "$";
            if (i > 0 && !closes && !opened) text.Append(' ');
            text.Append(tokens[i]);
        }

        return text.ToString();
    }

    /// <summary>The edit distance by token, cases ignored, over the length of the reference: the word error rate, from 0; above 1 is possible.</summary>
    public static double WordErrorRate(string hypothesis, string reference)
    {
        var expected = Of(reference.ToLowerInvariant());
        var given = Of(hypothesis.ToLowerInvariant());
        return expected.Length == 0 ? (given.Length == 0 ? 0 : 1) : (double)EditDistance.Between<string>(given, expected) / expected.Length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c);
}
