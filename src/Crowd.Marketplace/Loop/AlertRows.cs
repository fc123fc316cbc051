using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <summary>What the events of alerts change in their tables.</summary>
internal static class AlertRows
{
    public static void Project(List<RowChange> rows, DateTimeOffset at, AlertEvent e) => rows.Add(e switch
    {
        AlertEvent.RulesSet s => RowChange.Put(AlertRulesTable.Table, [e.Job.Value], AlertRulesTable.Rules.Set(JsonSerializer.Serialize(s.Rules, DomainJson.Default.EquatableListAlertRule))),
        AlertEvent.Raised r => RowChange.Put(AlertsTable.Table, [e.Job.Value, r.Rule.Id],
            AlertsTable.Raised.Set(1), AlertsTable.RaisedAt.Set(at), AlertsTable.Value.Set(r.Value), AlertsTable.Low.Set(r.Low), AlertsTable.High.Set(r.High),
            AlertsTable.Observations.Set(r.Count), AlertsTable.ClearedAt.Set(default), AlertsTable.ClearedValue.Set(default)),
        AlertEvent.Cleared c => RowChange.Put(AlertsTable.Table, [e.Job.Value, c.Rule],
            AlertsTable.Raised.Set(0), AlertsTable.ClearedAt.Set(at), AlertsTable.ClearedValue.Set(c.Value is { } value ? value : default(Value))),
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    });
}
