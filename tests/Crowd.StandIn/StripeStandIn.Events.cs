using System.Text.Json.Nodes;

namespace Crowd.StandIn;

// What is told: events, and the lists that a reconciliation reads.
public sealed partial class StripeStandIn
{
    private readonly List<(string Id, string Type, string? Account, long Created, string Body)> _events = [];

    /// <summary>Events that happened.</summary>
    public int EventCount => _events.Count;

    private void Happen(string type, JsonObject subject, string? account = null)
    {
        var id = NextId("evt");
        var happened = new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["api_version"] = "2026-10-28.endive",
            ["created"] = Now(),
            ["type"] = type,
            ["livemode"] = false,
            ["pending_webhooks"] = 1,
            ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
            ["data"] = new JsonObject { ["object"] = subject.DeepClone() },
        };
        if (account is not null)
            happened["account"] = account;
        var body = happened.ToJsonString();
        _events.Add((id, type, account, Now(), body));
        Webhooks.Add(id, type, account, body);
    }

    private JsonObject ListEvents(StandInForm form, string? account)
    {
        var from = form.Number("created[gte]");
        var until = form.Number("created[lte]");
        var types = form.List("types");
        if (form.Text("type") is { } single)
            types.Add(single);
        return Page(
            Enumerable.Reverse(_events).Where(e => e.Account == account && (from is null || e.Created >= from) && (until is null || e.Created <= until)
                && (types.Count == 0 || types.Contains(e.Type, StringComparer.Ordinal))).Select(e => (JsonObject)JsonNode.Parse(e.Body)!),
            form, "/v1/events");
    }

    private JsonObject FindEvent(string id, string? account)
    {
        var found = _events.Find(e => e.Id == id && e.Account == account);
        return found.Body is null ? throw StandInError.Missing("event", id) : (JsonObject)JsonNode.Parse(found.Body)!;
    }

    private JsonObject ListEntries(StandInForm form, string? account)
    {
        var owner = account ?? StandInBooks.Platform;
        var payout = form.Text("payout");
        var type = form.Text("type");
        var source = form.Text("source");
        var from = form.Number("created[gte]");
        var expand = form.Text("expand[0]") == "data.source";
        return Page(
            Books.Entries.Where(e => e.Owner == owner && (payout is null || e.Payout == payout) && (type is null || e.Type == type) && (source is null || e.Source == source)
                && (from is null || e.Created >= from)).Reverse().Select(e => new JsonObject
                {
                    ["id"] = e.Id,
                    ["object"] = "balance_transaction",
                    ["amount"] = e.Amount,
                    ["fee"] = e.Fee,
                    ["net"] = e.Amount - e.Fee,
                    ["currency"] = e.Currency,
                    ["type"] = e.Type,
                    ["created"] = e.Created,
                    ["status"] = "available",
                    ["source"] = expand ? _objects[e.Source].DeepClone() : e.Source,
                }),
            form, "/v1/balance_transactions");
    }
}
