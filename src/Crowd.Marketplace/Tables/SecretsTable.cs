using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Keys that the server made for itself, beside the log, since secrets never enter it.</summary>
public static class SecretsTable
{
    public static readonly Table Table = new()
    {
        Name = "secrets",
        Key = [new("name", ColumnKind.Text)],
        Columns = [new("value", ColumnKind.Text)],
        BesideLog = true,
    };

    public static readonly int Value = Table.IndexOf("value");
}
