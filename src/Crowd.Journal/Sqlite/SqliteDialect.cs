using System.Globalization;

namespace Crowd.Journal.Sqlite;

/// <summary>SQLite's SQL. Tables are STRICT, so that a sum that leaves 64 bits is an error and not a rounded number.</summary>
internal sealed class SqliteDialect : TableSql
{
    public static readonly SqliteDialect Instance = new();

    private SqliteDialect() { }

    /// <summary>The log's own tables. The data of an event is text, so that operators can read it and ask for its fields in SQL.</summary>
    public static readonly string[] CreateLog =
    [
        """
        create table if not exists events (
            position integer primary key, stream text not null, version integer not null, type text not null,
            at integer not null, actor text not null, data text not null, unique (stream, version)) strict
        """,
        "create table if not exists snapshots (stream text primary key, version integer not null, data blob not null) strict",
        "create table if not exists checkpoints (follower text primary key, position integer not null) strict, without rowid",
        """
        create table if not exists read_models (name text primary key, columns text not null, definition text not null, built integer not null) strict, without rowid
        """,
    ];

    protected override string TableOptions => " strict";

    public override string Parameter(int number) => $"?{number}";

    public override string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Integer => "integer",
        ColumnKind.Real => "real",
        _ => "blob",
    };

    public override string Literal(Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Text => $"'{value.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        ValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Real => value.Real.ToString("R", CultureInfo.InvariantCulture),
        _ => $"x'{Convert.ToHexString(value.Bytes)}'",
    };
}
