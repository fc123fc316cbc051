using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Task inputs by the SHA-256 of their JSON.</summary>
public static class InputsTable
{
    public static readonly Table Table = new()
    {
        Name = "inputs",
        Key = [new("hash", ColumnKind.Text)],
        Columns =
        [
            new("input", ColumnKind.Text),
        ],
        BesideLog = true,
    };

    public static readonly int Input = Table.IndexOf("input");
}
