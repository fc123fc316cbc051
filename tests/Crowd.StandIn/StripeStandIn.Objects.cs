using System.Text.Json.Nodes;

namespace Crowd.StandIn;

// Objects as JSON, in the shape of the API.
public sealed partial class StripeStandIn
{
    private JsonObject New(string kind, string prefix)
    {
        var made = new JsonObject { ["id"] = NextId(prefix), ["object"] = kind, ["created"] = Now(), ["livemode"] = false };
        _objects.Add(Text(made, "id")!, made);
        return made;
    }

    private JsonObject Find(string kind, string id) =>
        _objects.TryGetValue(id, out var found) && (kind == "object" || Text(found, "object") == kind) ? found : throw StandInError.Missing(kind, id);

    private string NextId(string prefix)
    {
        _numbers[prefix] = _numbers.GetValueOrDefault(prefix) + 1;
        return $"{prefix}_standin{_numbers[prefix]:D8}";
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeSeconds();

    private static string? Text(JsonObject o, string name) => (string?)o[name];

    private static long Number(JsonObject o, string name) => (long?)o[name] ?? 0;

    private string Enter(string owner, string type, long amount, string currency, string source, long fee = 0)
    {
        var entry = new StandInEntry(NextId("txn"), owner, type, amount, fee, currency, source, Now());
        Books.Add(entry);
        return entry.Id;
    }

    private static JsonObject Page(IEnumerable<JsonObject> newestFirst, StandInForm form, string url)
    {
        var limit = (int)(form.Number("limit") ?? 10);
        if (limit is < 1 or > 100)
            throw StandInError.Invalid(null, "limit must be from 1 to 100.", "limit");
        var after = form.Text("starting_after");
        var before = form.Text("ending_before");
        form.RefuseRest();
        var all = newestFirst.ToList();
        if (after is not null)
            all = [.. all.SkipWhile(o => Text(o, "id") != after).Skip(1)];
        var more = all.Count > limit;
        if (before is not null)
        {
            // The page that ends just before the object: its nearest newer neighbours.
            all = [.. all.TakeWhile(o => Text(o, "id") != before)];
            more = all.Count > limit;
            all = [.. all.TakeLast(limit)];
        }

        return new() { ["object"] = "list", ["url"] = url, ["has_more"] = more, ["data"] = new JsonArray([.. all.Take(limit).Select(o => o.DeepClone())]) };
    }
}
