using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>A worker's standing.</summary>
public static class WorkersTable
{
    public static readonly Table Table = new()
    {
        Name = "workers",
        Key = [new("worker_id", ColumnKind.Text)],
        Columns =
        [
            new("person_id", ColumnKind.Text),
            new("registered_at", ColumnKind.Integer),
            new("suspended_until", ColumnKind.Integer),
            new("suspension_reason", ColumnKind.Text),
            new("reliability_override", ColumnKind.Real),
        ],
    };

    public static readonly int PersonId = Table.IndexOf("person_id");
    public static readonly int RegisteredAt = Table.IndexOf("registered_at");
    public static readonly int SuspendedUntil = Table.IndexOf("suspended_until");
    public static readonly int SuspensionReason = Table.IndexOf("suspension_reason");
    public static readonly int ReliabilityOverride = Table.IndexOf("reliability_override");
}
