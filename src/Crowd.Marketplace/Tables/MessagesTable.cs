using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Messages of the payment provider as they came, beside the log: they may hold personal data.</summary>
public static class MessagesTable
{
    public static readonly Table Table = new()
    {
        Name = "messages",
        Key = [new("stream", ColumnKind.Text)],
        Columns =
        [
            new("body", ColumnKind.Text),
        ],
        BesideLog = true,
    };

    public static readonly int Body = Table.IndexOf("body");
}
