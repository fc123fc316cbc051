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

    internal static readonly int PersonId = Table.IndexOf("person_id");
    internal static readonly int RegisteredAt = Table.IndexOf("registered_at");
    internal static readonly int SuspendedUntil = Table.IndexOf("suspended_until");
    internal static readonly int SuspensionReason = Table.IndexOf("suspension_reason");
    internal static readonly int ReliabilityOverride = Table.IndexOf("reliability_override");
}
