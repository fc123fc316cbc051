using System.Text.Unicode;

namespace Crowd.Journal;

/// <summary>Refuses appends that break a limit, on the caller's thread and before they are queued.</summary>
internal static class AppendRules
{
    /// <summary>Looks at everything of the append that can be judged without the store.</summary>
    /// <exception cref="ArgumentException">A limit is exceeded, a change does not fit its table, or a text cannot be stored.</exception>
    public static void Check(Append append, IReadOnlyDictionary<string, Table> tables)
    {
        if (append.Events.Count > JournalLimits.EventsPerAppend)
            throw new ArgumentException($"An append holds at most {JournalLimits.EventsPerAppend} events, not {append.Events.Count}.", nameof(append));
        if (append.Events.Count > 0)
            CheckEvents(append);
        for (var i = 0; i < append.Changes.Count; i++)
            Check(append.Changes[i], tables);
    }

    /// <summary>Looks at one row change.</summary>
    /// <exception cref="ArgumentException">The table is not known, or the change does not fit it.</exception>
    public static void Check(RowChange change, IReadOnlyDictionary<string, Table> tables)
    {
        if (!tables.TryGetValue(change.Table.Name, out var table) || !TableSql.SameShape(table, change.Table))
            throw new ArgumentException($"Table {change.Table.Name} was not given to InitialiseAsync.", nameof(change));
        TableRules.Check(change);
    }

    /// <summary>Looks at the name of a stream or a follower.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long or cannot be stored.</exception>
    public static void CheckStream(string stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        if (stream.Length > JournalLimits.StreamNameLength || !TableRules.IsStorable(stream))
            throw new ArgumentException($"The name of a stream has at most {JournalLimits.StreamNameLength} characters, all of them storable.", nameof(stream));
    }

    private static void CheckEvents(Append append)
    {
        CheckStream(append.Stream);
        if (append.ExpectedVersion < 0)
            throw new ArgumentException("The expected version is 0 or above.", nameof(append));
        if (!TableRules.IsStorable(append.Actor))
            throw new ArgumentException("The actor cannot be stored as text.", nameof(append));
        for (var i = 0; i < append.Events.Count; i++)
        {
            var (type, data) = append.Events[i];
            if (string.IsNullOrEmpty(type) || !TableRules.IsStorable(type))
                throw new ArgumentException("An event needs a type that can be stored as text.", nameof(append));
            if (data.Length > JournalLimits.EventBytes)
                throw new ArgumentException($"An event holds at most {JournalLimits.EventBytes} bytes, not {data.Length}.", nameof(append));
            if (!Utf8.IsValid(data.Span) || data.Span.Contains((byte)0))
                throw new ArgumentException("The data of an event is JSON in UTF-8.", nameof(append));
        }
    }
}
