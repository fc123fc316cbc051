using System.Text.Json.Nodes;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>Parameters drawn at random, in our form and in the library's.</summary>
internal static class RandomForm
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", " ", "+", "&", "=", "%", "%5B", "[", "]", "[]", "é", "ß", "漢", "😀", "!", "'", "(", ")", "*", "~", "-", "_", ".", "/", "?", "#", ",", ";", ":", "@", "$",
        "\"", "\\", "\n", "\t", "<", ">", "{", "}", "|", "^", "`",
    ];

    public static (StripeForm Ours, JsonObject Theirs) Draw(Random random, int depth)
    {
        var ours = new StripeForm();
        var theirs = new JsonObject();
        var count = random.Next(5);
        for (var i = 0; i < count; i++)
        {
            // Letters first: a name that is a whole number would be put in front by JavaScript.
            var name = $"f{i}{Text(random, 3)}";
            switch (random.Next(depth > 0 ? 8 : 5))
            {
                case 0:
                    var text = Text(random, 8);
                    ours.Add(name, text);
                    theirs[name] = text;
                    break;
                case 1:
                    var number = random.NextInt64(-(1L << 52), 1L << 52);
                    ours.Add(name, number);
                    theirs[name] = number;
                    break;
                case 2:
                    var flag = random.Next(2) == 0;
                    ours.Add(name, flag);
                    theirs[name] = flag;
                    break;
                case 3:
                    // What the library is given as null is sent empty, to clear a field.
                    ours.Add(name, "");
                    theirs[name] = null;
                    break;
                case 4:
                    // What ours is given as null is left out.
                    ours.Add(name, (string?)null);
                    break;
                case 5:
                    var (nested, theirNested) = Draw(random, depth - 1);
                    ours.Add(name, nested);
                    theirs[name] = theirNested;
                    break;
                case 6:
                    var texts = Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, 4)).ToList();
                    ours.Add(name, texts);
                    theirs[name] = new JsonArray([.. texts.Select(t => (JsonNode)t)]);
                    break;
                default:
                    var forms = Enumerable.Range(0, random.Next(4)).Select(_ => Draw(random, depth - 1)).ToList();
                    ours.Add(name, forms.ConvertAll(static f => f.Ours));
                    theirs[name] = new JsonArray([.. forms.Select(static f => f.Theirs)]);
                    break;
            }
        }

        return (ours, theirs);
    }

    private static string Text(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
