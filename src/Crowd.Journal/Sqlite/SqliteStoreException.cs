using SQLitePCL;

namespace Crowd.Journal.Sqlite;

/// <summary>SQLite refused to do something.</summary>
internal sealed class SqliteStoreException(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>True when what was to be written cannot be stored for good, so that trying again is of no use.</summary>
    public bool IsRefusal => (code & 0xff) is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG;

    /// <summary>True when the log already holds the version of the stream.</summary>
    public bool IsTaken => code is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY;
}
