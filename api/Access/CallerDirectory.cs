using System.Collections.Concurrent;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Api.Access;

/// <summary>
/// Finds who a token belongs to and what they may do. Remembered for a short time, and forgotten at once when anything about
/// accounts, members or workers is committed by this process.
/// </summary>
public sealed class CallerDirectory : IDisposable
{
    /// <summary>How long a caller is remembered: 10 seconds.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> _callers = new(StringComparer.Ordinal);
    private readonly Reads _reads;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;

    public CallerDirectory(Reads reads, IJournal journal, TimeProvider time)
    {
        (_reads, _time) = (reads, time);
        _subscription = journal.Subscribe(Forget);
    }

    /// <summary>The caller with the token of a session or a key; null when it is not valid.</summary>
    public async ValueTask<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (_callers.TryGetValue(token, out var known) && known.Until > now)
            return known.Caller;
        var caller = await ReadAsync(Secrets.Hash(token), token.StartsWith(Secrets.KeyPrefix, StringComparison.Ordinal), now, cancellationToken);
        if (caller is null)
            return null;
        if (_callers.Count >= MostRemembered)
            _callers.Clear();
        _callers[token] = (caller, now + Remembered);
        return caller;
    }

    /// <summary>Forgets everybody: something beside the log, such as a session, has changed.</summary>
    public void ForgetAll() => _callers.Clear();

    public void Dispose() => _subscription.Dispose();

    private void Forget(IReadOnlyList<StoredEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Type.StartsWith("account.", StringComparison.Ordinal) || e.Type is "worker.registered" or "requester.registered" or "requester.member-set" or "requester.member-removed")
            {
                _callers.Clear();
                return;
            }
        }
    }

    private async Task<Caller?> ReadAsync(string hash, bool isKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = isKey
            ? await _reads.FirstAsync<TokenRow>("select person_id, key_id from api_keys where secret_hash = @hash and revoked_at is null", new { hash }, cancellationToken)
            : await _reads.FirstAsync<TokenRow>("select person_id from sessions where token_hash = @hash and expires_at > @now", new { hash, now = now.ToMicroseconds() }, cancellationToken);
        if (found is null)
            return null;
        var person = PersonId.From(found.PersonId);
        var worker = WorkerId.From($"{WorkerId.Prefix}_{person.Body()}");
        var rights = await _reads.ListAsync<RightRow>(
            """
            select 'role' as kind, role as name, '' as role from staff_roles where person_id = @person
            union all select 'member', requester_id, role from members where person_id = @person
            union all select 'worker', worker_id, '' from workers where worker_id = @worker
            """,
            new { person = person.Value, worker = worker.Value }, cancellationToken);
        return new()
        {
            Person = person,
            Key = found.KeyId is null ? null : ApiKeyId.From(found.KeyId),
            Roles = rights.Where(r => r.Kind == "role").Select(r => Enum.Parse<StaffRole>(r.Name)).ToHashSet(),
            Memberships = rights.Where(r => r.Kind == "member").ToDictionary(r => RequesterId.From(r.Name), r => Enum.Parse<MemberRole>(r.Role)),
            Worker = rights.Any(r => r.Kind == "worker") ? worker : null,
        };
    }

    private sealed class TokenRow
    {
        public string PersonId { get; set; } = "";

        public string? KeyId { get; set; }
    }

    private sealed class RightRow
    {
        public string Kind { get; set; } = "";

        public string Name { get; set; } = "";

        public string Role { get; set; } = "";
    }
}
