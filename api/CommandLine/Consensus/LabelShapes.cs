using System.Globalization;
using Crowd.Consensus.Boxes;
using Crowd.Consensus.Spans;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>How labels of each type are written in a file; a label that cannot be read throws <see cref="FormatException"/> with what to change.</summary>
internal static class LabelShapes
{
    public const char Separator = ';';

    /// <summary>The problem with a label of a type, or null.</summary>
    public static string? Problem(LabelType type, string label)
    {
        try
        {
            Check(type, label);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    public static double Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{label}' is not a number; write it like 12.5");

    /// <summary><c>x1 y1 x2 y2;…</c>, with a class as an optional fifth word; empty for none.</summary>
    public static Box[] Boxes(string label, Func<string, int> classOf) => Array.ConvertAll(Parts(label), part =>
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (4 or 5)) throw new FormatException($"'{part}' is not a box; write x1 y1 x2 y2, and further boxes after a semicolon");

        var box = new Box(Number(words[0]), Number(words[1]), Number(words[2]), Number(words[3]), words.Length == 5 ? classOf(words[4]) : classOf(""));
        return box.Right >= box.Left && box.Bottom >= box.Top
            ? box
            : throw new FormatException($"'{part}' ends before it starts; write the smaller corner first");
    });

    /// <summary><c>start end label;…</c> in characters, the end one past the last; empty for none.</summary>
    public static TextSpan[] Spans(string label, Func<string, int> classOf) => Array.ConvertAll(Parts(label), part =>
    {
        var words = part.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var start) || !int.TryParse(words[1], CultureInfo.InvariantCulture, out var end))
            throw new FormatException($"'{part}' is not a span; write start end label, and further spans after a semicolon");

        return start >= 0 && end > start
            ? new TextSpan(start, end, classOf(words.Length == 3 ? words[2].Trim() : ""))
            : throw new FormatException($"'{part}' does not end after it starts; the end is one past the last character");
    });

    /// <summary><c>a;b;c</c>: the labels of a set, or the items of an order, best first; empty for none.</summary>
    public static string[] Items(string label)
    {
        var items = Parts(label);
        if (items.Distinct(StringComparer.Ordinal).Count() < items.Length) throw new FormatException($"'{label}' names something twice; leave one out");

        return items;
    }

    public static double Outcome(string label) => label switch
    {
        "left" => Crowd.Consensus.Pairwise.Comparison.LeftWins,
        "right" => Crowd.Consensus.Pairwise.Comparison.RightWins,
        "tie" => Crowd.Consensus.Pairwise.Comparison.Tie,
        _ => throw new FormatException($"'{label}' is not an outcome; write left, right or tie"),
    };

    private static string[] Parts(string label) => label.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Check(LabelType type, string label)
    {
        switch (type)
        {
            case LabelType.Number: Number(label); break;
            case LabelType.Boxes: Boxes(label, _ => 0); break;
            case LabelType.Spans: Spans(label, _ => 0); break;
            case LabelType.Multi: Items(label); break;
            case LabelType.Ranking when Items(label).Length == 0: throw new FormatException("the order is empty; write items, best first, between semicolons");
            case LabelType.Ranking: Items(label); break;
            case LabelType.Pairwise: Outcome(label); break;
            case LabelType.Choice or LabelType.Ordinal when label.Length == 0: throw new FormatException("the label is empty; write it or leave the row out");
            default: break;
        }
    }
}
