using System.Globalization;

namespace Crowd.Journal.Postgres;

/// <summary>PostgreSQL's SQL. Text is compared byte by byte (collation "C"), so that the order of keys is that of the other stores.</summary>
internal sealed class PostgresDialect : TableSql
{
    public static readonly PostgresDialect Instance = new();

    private PostgresDialect() { }

    /// <summary>The log's own tables. The data of an event is text: readable with SQL (<c>data::jsonb</c>), kept byte for byte, and unlike jsonb open to \u0000.</summary>
    public static readonly string[] CreateLog =
    [
        """
        create table if not exists events (
            position bigint primary key, stream text collate "C" not null, version bigint not null, type text collate "C" not null,
            at bigint not null, actor text collate "C" not null, data text collate "C" not null, unique (stream, version))
        """,
        """create table if not exists snapshots (stream text collate "C" primary key, version bigint not null, data bytea not null)""",
        """create table if not exists checkpoints (follower text collate "C" primary key, position bigint not null)""",
        "create table if not exists read_models (name text primary key, columns text not null, definition text not null, built boolean not null)",
    ];

    /// <summary>Room on each page lets most updates stay on it and leave the indexes alone.</summary>
    protected override string TableOptions => " with (fillfactor = 80)";

    public override string Parameter(int number) => $"${number}";

    public override string TypeOf(ColumnKind kind) => kind == ColumnKind.Text ? "text collate \"C\"" : ParameterType(kind);

    public override string Literal(Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Text => $"'{value.Text.Replace("'", "''", StringComparison.Ordinal)}'::text",
        ValueKind.Integer => $"'{value.Integer.ToString(CultureInfo.InvariantCulture)}'::bigint",
        ValueKind.Real => $"'{value.Real.ToString("R", CultureInfo.InvariantCulture)}'::double precision",
        _ => $"'\\x{Convert.ToHexString(value.Bytes)}'::bytea",
    };

    /// <summary>Rows of arrays, one for each value of a row, named a1, a2, …</summary>
    public static string Unnest(IEnumerable<Column> columns)
    {
        var kinds = columns.Select(c => c.Kind).ToList();
        return $"unnest({string.Join(", ", kinds.Select((kind, i) => $"${i + 1}::{ParameterType(kind)}[]"))}) as u({string.Join(", ", kinds.Select((_, i) => Element(i + 1)))})";
    }

    public static string Element(int number) => $"a{number}";

    private static string ParameterType(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Integer => "bigint",
        ColumnKind.Real => "double precision",
        _ => "bytea",
    };
}
