using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>What webhooks are signed with, beside the log: secrets never enter it.</summary>
public static class WebhookSecretsTable
{
    public static readonly Table Table = new()
    {
        Name = "webhook_secrets",
        Key = [new("webhook_id", ColumnKind.Text)],
        Columns = [new("secret", ColumnKind.Text)],
        BesideLog = true,
    };

    public static readonly int Secret = Table.IndexOf("secret");
}
