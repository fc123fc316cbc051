using Crowd.Journal;
using Dapper;

namespace Crowd.Api.Hosting;

/// <summary>SQL over the read models. Column names become property names without their underscores.</summary>
public sealed class Reads(ISqlReads sql)
{
    static Reads() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>All rows of the query; queries name their limit.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string query, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await sql.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(query, parameters, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The rows whose ids are listed. In the query <c>{ids}</c> stands for the list, which every store spells the same way.</summary>
    public Task<IReadOnlyList<T>> ListByIdsAsync<T>(string query, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var names = new string[ids.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = $"@id{i}";
            parameters.Add($"id{i}", ids[i]);
        }

        return ListAsync<T>(query.Replace("{ids}", $"({string.Join(", ", names)})", StringComparison.Ordinal), parameters, cancellationToken);
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> FirstAsync<T>(string query, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await sql.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(query, parameters, cancellationToken: cancellationToken));
    }

    /// <summary>The rows one after the other, for results of any size.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string query, object? parameters, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await sql.OpenAsync(cancellationToken);
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(query, parameters, cancellationToken: cancellationToken));
        var parse = reader.GetRowParser<T>();
        while (await reader.ReadAsync(cancellationToken))
            yield return parse(reader);
    }
}
