using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>A worker's standing, and how the worker is paid.</summary>
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
            new("payee", ColumnKind.Text),
            new("payee_country", ColumnKind.Text),
            new("payee_ready", ColumnKind.Integer),
            new("payee_submitted", ColumnKind.Integer),
            new("payee_reason", ColumnKind.Text),
            new("scheduled", ColumnKind.Integer),
            new("payout_currency", ColumnKind.Text),
            new("payout_threshold", ColumnKind.Integer),
            new("payout_weekday", ColumnKind.Text),
        ],
        Indexes = [new("payee", "worker_id"), new("payee_ready", "worker_id"), new("payee_submitted", "worker_id"), new("scheduled", "worker_id")],
    };

    public static readonly int PersonId = Table.IndexOf("person_id");
    public static readonly int RegisteredAt = Table.IndexOf("registered_at");
    public static readonly int SuspendedUntil = Table.IndexOf("suspended_until");
    public static readonly int SuspensionReason = Table.IndexOf("suspension_reason");
    public static readonly int ReliabilityOverride = Table.IndexOf("reliability_override");
    public static readonly int Payee = Table.IndexOf("payee");
    public static readonly int PayeeCountry = Table.IndexOf("payee_country");
    public static readonly int PayeeReady = Table.IndexOf("payee_ready");
    public static readonly int PayeeSubmitted = Table.IndexOf("payee_submitted");
    public static readonly int PayeeReason = Table.IndexOf("payee_reason");
    public static readonly int Scheduled = Table.IndexOf("scheduled");
    public static readonly int PayoutCurrency = Table.IndexOf("payout_currency");
    public static readonly int PayoutThreshold = Table.IndexOf("payout_threshold");
    public static readonly int PayoutWeekday = Table.IndexOf("payout_weekday");
}
