using Npgsql;

namespace Crowd.Journal.Postgres;

/// <summary>What an exception of the driver says about the transaction that was sent.</summary>
internal static class PostgresFailure
{
    /// <summary>The unique key of stream and version, or of position, is taken.</summary>
    private const string UniqueViolation = "23505";

    private const string DivisionByZero = "22012";

    private const string RootOfNegative = "2201F";

    /// <summary>
    /// An error is reported before the transaction commits and undoes it. Anything else (the server ends the session, the connection
    /// breaks, no answer in time) may have happened after the commit.
    /// </summary>
    public static bool IsUndone(this Exception exception) =>
        exception is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>A stream has another version than was assumed: the check of the batch failed or the version is taken.</summary>
    public static bool IsVersionTaken(this PostgresException exception) => exception.SqlState switch
    {
        UniqueViolation => exception.TableName == "events",
        DivisionByZero => true,
        _ => false,
    };

    /// <summary>The fence of a log that several processes write keeps this one out.</summary>
    public static bool IsFenced(this PostgresException exception) => exception.SqlState == RootOfNegative;

    /// <summary>Trying again is of no use: the data (22), a constraint (23), a name (42) or a limit (54) is at fault.</summary>
    public static bool IsRefusal(this PostgresException exception) => exception.SqlState[..2] is "22" or "23" or "42" or "54";
}
