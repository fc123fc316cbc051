using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Api.Accounts;

/// <summary>Sessions of browsers: a random token in a cookie, its hash in the table, so that they end when they are to and outlive a restart.</summary>
public sealed class Sessions(IJournal journal, Reads reads, CallerDirectory directory, ApiOptions options, TimeProvider time)
{
    /// <summary>Begins a session and sets its cookie.</summary>
    public async Task BeginAsync(HttpContext http, PersonId person, CancellationToken cancellationToken)
    {
        var token = Secrets.New();
        var now = time.GetUtcNow();
        await WriteAsync([RowChange.Put(SessionsTable.Table, [Secrets.Hash(token)],
            SessionsTable.PersonId.Set(person.Value),
            SessionsTable.CreatedAt.Set(now),
            SessionsTable.ExpiresAt.Set(now + options.SessionTime))], cancellationToken);
        http.Response.Cookies.Append(CallerMiddleware.Cookie, token, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            Path = "/",
            MaxAge = options.SessionTime,
            IsEssential = true,
        });
    }

    /// <summary>Ends the session of the request.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.Cookies.TryGetValue(CallerMiddleware.Cookie, out var token))
            await WriteAsync([RowChange.Delete(SessionsTable.Table, Secrets.Hash(token))], cancellationToken);
        http.Response.Cookies.Delete(CallerMiddleware.Cookie);
    }

    /// <summary>Ends all sessions of the person.</summary>
    public async Task EndAllAsync(PersonId person, CancellationToken cancellationToken)
    {
        var tokens = await reads.ListAsync<string>("select token_hash from sessions where person_id = @person", new { person = person.Value }, cancellationToken);
        if (tokens.Count > 0)
            await WriteAsync([.. tokens.Select(t => RowChange.Delete(SessionsTable.Table, t))], cancellationToken);
    }

    private async Task WriteAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        await journal.AppendAsync(new() { Stream = "", ExpectedVersion = 0, At = time.GetUtcNow(), Actor = "system", Events = [], Changes = changes }, cancellationToken);
        directory.ForgetAll();
    }
}
