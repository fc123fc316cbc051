using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Where organisations are told of events. Types are separated by commas.</summary>
public static class WebhooksTable
{
    public static readonly Table Table = new()
    {
        Name = "webhooks",
        Key = [new("webhook_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("url", ColumnKind.Text),
            new("types", ColumnKind.Text),
            new("changed_at", ColumnKind.Integer),
            new("disabled_at", ColumnKind.Integer),
            new("disabled_reason", ColumnKind.Text),
        ],
        Indexes = [new("requester_id", "webhook_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int Url = Table.IndexOf("url");
    public static readonly int Types = Table.IndexOf("types");
    public static readonly int ChangedAt = Table.IndexOf("changed_at");
    public static readonly int DisabledAt = Table.IndexOf("disabled_at");
    public static readonly int DisabledReason = Table.IndexOf("disabled_reason");
}
