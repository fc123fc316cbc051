using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>A job's running totals of what machines do in it.</summary>
public static class LoopsTable
{
    public static readonly Table Table = new()
    {
        Name = "loops",
        Key = [new("job_id", ColumnKind.Text)],
        Columns =
        [
            new("prediction_version", ColumnKind.Integer, 0L), // of the stream of predictions
            new("predictions", ColumnKind.Integer, 0L),
            new("machine_decided", ColumnKind.Integer, 0L), // tasks
            new("model_votes", ColumnKind.Integer, 0L), // tasks decided with a model's vote
            new("saved_answers", ColumnKind.Integer, 0L),
            new("requested", ColumnKind.Integer, 0L), // decisions, from here on
            new("waiting", ColumnKind.Integer, 0L), // with a time that is running
            new("held", ColumnKind.Integer, 0L), // ever
            new("vetoed", ColumnKind.Integer, 0L),
            new("escalated", ColumnKind.Integer, 0L),
            new("refused", ColumnKind.Integer, 0L),
            new("by_machine", ColumnKind.Integer, 0L),
            new("by_person", ColumnKind.Integer, 0L),
            new("by_consensus", ColumnKind.Integer, 0L),
            new("audited", ColumnKind.Integer, 0L),
            new("audit_agreed", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int PredictionVersion = Table.IndexOf("prediction_version");
    public static readonly int Predictions = Table.IndexOf("predictions");
    public static readonly int MachineDecided = Table.IndexOf("machine_decided");
    public static readonly int ModelVotes = Table.IndexOf("model_votes");
    public static readonly int SavedAnswers = Table.IndexOf("saved_answers");
    public static readonly int Requested = Table.IndexOf("requested");
    public static readonly int Waiting = Table.IndexOf("waiting");
    public static readonly int Held = Table.IndexOf("held");
    public static readonly int Vetoed = Table.IndexOf("vetoed");
    public static readonly int Escalated = Table.IndexOf("escalated");
    public static readonly int Refused = Table.IndexOf("refused");
    public static readonly int ByMachine = Table.IndexOf("by_machine");
    public static readonly int ByPerson = Table.IndexOf("by_person");
    public static readonly int ByConsensus = Table.IndexOf("by_consensus");
    public static readonly int Audited = Table.IndexOf("audited");
    public static readonly int AuditAgreed = Table.IndexOf("audit_agreed");
}
