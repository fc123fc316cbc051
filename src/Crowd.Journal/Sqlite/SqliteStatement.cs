using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Crowd.Journal.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt statement) : IDisposable
{
    private const int BytesOnStack = 512;

    public void Bind(int parameter, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= BytesOnStack)
        {
            Span<byte> bytes = stackalloc byte[BytesOnStack];
            BindText(parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        BindText(parameter, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Binds text that is UTF-8 already.</summary>
    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => session.Check(
        utf8.IsEmpty ? raw.sqlite3_bind_text(statement, parameter, "") : raw.sqlite3_bind_text(statement, parameter, utf8));

    public void BindBytes(int parameter, ReadOnlySpan<byte> bytes) => session.Check(
        bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, bytes));

    public void Bind(int parameter, long integer) => session.Check(raw.sqlite3_bind_int64(statement, parameter, integer));

    public void Bind(int parameter, Column column, Value value)
    {
        if (value.IsNull)
            session.Check(raw.sqlite3_bind_null(statement, parameter));
        else if (column.Kind == ColumnKind.Real)
            session.Check(raw.sqlite3_bind_double(statement, parameter, value.AsReal()));
        else if (value.Kind == ValueKind.Integer)
            Bind(parameter, value.Integer);
        else if (value.Kind == ValueKind.Text)
            Bind(parameter, value.Text);
        else
            BindBytes(parameter, value.Bytes);
    }

    /// <summary>True when there is a row, false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(statement);
            session.Check(code);
        }

        return false;
    }

    /// <summary>Runs a statement that returns no row and makes it ready for the next.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Ends the reading of rows; parameters keep their values.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>A copy of the bytes; of text its UTF-8.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public Value Value(int column, ColumnKind kind)
    {
        if (raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL)
            return default;
        return kind switch
        {
            ColumnKind.Text => Text(column),
            ColumnKind.Integer => Integer(column),
            ColumnKind.Real => raw.sqlite3_column_double(statement, column),
            _ => Bytes(column),
        };
    }

    public void Dispose() => statement.Dispose();
}
