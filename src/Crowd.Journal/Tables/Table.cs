namespace Crowd.Journal;

/// <summary>
/// What a column holds. There are few kinds on purpose: instants are integers (microseconds since 1970-01-01 UTC), truth values are
/// the integers 0 and 1, JSON is text, so that the same SQL and the same reading code serve every store.
/// </summary>
public enum ColumnKind
{
    /// <summary>Unicode text.</summary>
    Text,

    /// <summary>Signed 64-bit integer.</summary>
    Integer,

    /// <summary>64-bit floating point number.</summary>
    Real,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>One column. Columns that are not part of the key are nullable unless they have a default, which new rows get when a change does not set them.</summary>
public sealed record Column(string Name, ColumnKind Kind, Value Default = default);

/// <summary>An index over columns of a table, by name, in order. Unique indexes are not offered: uniqueness is the log's task.</summary>
public sealed record TableIndex(params string[] Columns);

/// <summary>A table that is written in the same transaction as events.</summary>
public sealed record Table
{
    /// <summary>Name in the database: lower case letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The columns of the primary key, in order; never null.</summary>
    public required IReadOnlyList<Column> Key { get; init; }

    /// <summary>The other columns.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Indexes beside the primary key.</summary>
    public IReadOnlyList<TableIndex> Indexes { get; init; } = [];

    /// <summary>True for a table beside the log (people, inputs, sessions): a rebuild leaves it as it is.</summary>
    public bool BesideLog { get; init; }
}
