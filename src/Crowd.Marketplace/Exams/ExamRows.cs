using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Exams;

/// <summary>What the events of an exam change in the table of exams.</summary>
internal static class ExamRows
{
    public static void Project(List<RowChange> rows, DateTimeOffset at, ExamEvent e) => rows.Add(RowChange.Put(ExamsTable.Table, [e.Exam.Value], e switch
    {
        ExamEvent.Published p =>
        [
            ExamsTable.RequesterId.Set(p.Requester?.Value),
            ExamsTable.Qualification.Set(p.Spec.Qualification),
            ExamsTable.Spec.Set(JsonSerializer.Serialize(p.Spec, DomainJson.Default.ExamSpec)),
            ExamsTable.PublishedAt.Set(at),
        ],
        ExamEvent.Retired => [ExamsTable.RetiredAt.Set(at)],
        _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
    }));
}
