using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>The alert rules of a job.</summary>
public static class AlertRulesTable
{
    public static readonly Table Table = new()
    {
        Name = "alert_rules",
        Key = [new("job_id", ColumnKind.Text)],
        Columns = [new("rules", ColumnKind.Text)],
    };

    public static readonly int Rules = Table.IndexOf("rules");
}

/// <summary>The newest alert of each rule.</summary>
public static class AlertsTable
{
    public static readonly Table Table = new()
    {
        Name = "alerts",
        Key = [new("job_id", ColumnKind.Text), new("rule_id", ColumnKind.Text)],
        Columns =
        [
            new("raised", ColumnKind.Integer, 0L), // 1 until it is cleared
            new("raised_at", ColumnKind.Integer),
            new("value", ColumnKind.Real),
            new("low", ColumnKind.Real),
            new("high", ColumnKind.Real),
            new("observations", ColumnKind.Integer),
            new("cleared_at", ColumnKind.Integer),
            new("cleared_value", ColumnKind.Real),
        ],
    };

    public static readonly int Raised = Table.IndexOf("raised");
    public static readonly int RaisedAt = Table.IndexOf("raised_at");
    public static readonly int Value = Table.IndexOf("value");
    public static readonly int Low = Table.IndexOf("low");
    public static readonly int High = Table.IndexOf("high");
    public static readonly int Observations = Table.IndexOf("observations");
    public static readonly int ClearedAt = Table.IndexOf("cleared_at");
    public static readonly int ClearedValue = Table.IndexOf("cleared_value");
}
