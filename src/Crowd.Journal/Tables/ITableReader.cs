namespace Crowd.Journal;

/// <summary>A row as read: key first, then the other columns, in the order of the table.</summary>
public sealed record Row(IReadOnlyList<Value> Key, IReadOnlyList<Value> Columns);

/// <summary>A row that is not what the log says: null on the side where there is no row.</summary>
public sealed record RowDifference(Table Table, Row? Stored, Row? Rebuilt);

/// <summary>
/// Which rows to read: those whose columns equal the given values, in the order of the key, after a key, at most so many.
/// An index on the columns of <see cref="Where"/> should exist.
/// </summary>
public sealed record TableQuery(Table Table)
{
    /// <summary>Columns (of the key or not) by name and the values they must have.</summary>
    public IReadOnlyList<(string Column, Value Value)> Where { get; init; } = [];

    /// <summary>Only rows with a key above this one, compared column by column (text by ordinal); null from the start.</summary>
    public IReadOnlyList<Value>? After { get; init; }

    /// <summary>Most rows to return, 1 or more.</summary>
    public int Limit { get; init; } = 1_000;
}

/// <summary>
/// The reads that grains need, which every store offers. Whoever serves people reads the database itself through
/// <see cref="ISqlReads"/>.
/// </summary>
public interface ITableReader
{
    /// <summary>The row with the key, or null. Sees everything committed before the call.</summary>
    Task<Row?> ReadRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken);

    /// <summary>The rows that the query selects. Sees everything committed before the call.</summary>
    Task<IReadOnlyList<Row>> ReadRowsAsync(TableQuery query, CancellationToken cancellationToken);
}

/// <summary>Plain SQL over the tables and the log (table <c>events</c>), offered by SQLite and PostgreSQL, for read-only use.</summary>
public interface ISqlReads
{
    /// <summary>An open connection for reading; dispose it after use.</summary>
    ValueTask<System.Data.Common.DbConnection> OpenAsync(CancellationToken cancellationToken);
}
