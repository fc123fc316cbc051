using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Api.Access;

/// <summary>
/// Hides the number in an assignment's id from whoever reads it outside: it grows with the answers of its task, and gold tasks have many. Outside, the number is replaced
/// by its image under a permutation of each task's own, made from a secret of the server; the log keeps the number itself. Ids keep their form.
/// </summary>
/// <remarks>A Feistel network of four rounds over the number's 20 bits, keyed by HMAC-SHA512 of the task under the secret.</remarks>
public sealed partial class AssignmentSeal(JournalStore store, TimeProvider time) : IDisposable
{
    private const string Name = "assignment-seal";
    private const int Half = 10;
    private const int Mask = (1 << Half) - 1;
    private const int Rounds = 4;

    private readonly SemaphoreSlim _opening = new(1, 1);
    private byte[]? _secret;

    /// <summary>Whether the secret was read.</summary>
    public bool IsOpen => Volatile.Read(ref _secret) is not null;

    /// <summary>Reads the secret; makes it when the database has none.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
            return;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (IsOpen)
                return;
            Volatile.Write(ref _secret, Base64Url.DecodeFromChars(await KeptAsync(cancellationToken) ?? await MakeAsync(cancellationToken)));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<string?> KeptAsync(CancellationToken cancellationToken) =>
        (await store.Journal.ReadRowAsync(SecretsTable.Table, [Name], cancellationToken))?.Columns[SecretsTable.Value].Text;

    /// <summary>Of several servers that begin together one makes the secret.</summary>
    private async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        await using var lease = await store.RoleOf(Name).AcquireAsync(cancellationToken);
        if (await KeptAsync(cancellationToken) is { } kept)
            return kept;
        var made = Secrets.New();
        await store.Journal.AppendAsync(
            new()
            {
                Stream = "",
                ExpectedVersion = 0,
                At = time.GetUtcNow(),
                Actor = "system",
                Events = [],
                Changes = [RowChange.Put(SecretsTable.Table, [Name], SecretsTable.Value.Set(made))],
            }, cancellationToken);
        return made;
    }

    /// <summary>The id as the outside sees it.</summary>
    public string Close(AssignmentId id) => AssignmentId.Of(id.Task, Permute(id, forward: true)).Value;

    /// <summary>The id that the outside means; false when it has not the form of one.</summary>
    public bool TryOpen(string text, out AssignmentId id)
    {
        if (!AssignmentId.TryParse(text, out var closed))
        {
            id = default;
            return false;
        }

        id = AssignmentId.Of(closed.Task, Permute(closed, forward: false));
        return true;
    }

    /// <summary>A text of the log with every assignment's id as the outside sees it.</summary>
    public string CloseAll(string text) => AnyId().Replace(text, match => AssignmentId.TryParse(match.Value, out var id) ? Close(id) : match.Value);

    /// <summary>A transfer's id, whose task's version grows with the answers as well.</summary>
    public string CloseTransfer(string id) =>
        id.Split(':') is [var stream, var version, var number] && Id.TryParse<TaskId>(stream, out var task) && int.TryParse(version, out var of) && of <= AssignmentId.MaxOrdinal
            ? $"{stream}:{Close(AssignmentId.Of(task, of))[^4..]}:{number}"
            : id;

    /// <summary>The transfer that the outside means.</summary>
    public string OpenTransfer(string id) =>
        id.Split(':') is [var stream, { Length: 4 } version, var number] && Id.TryParse<TaskId>(stream, out var task) && TryOpen(string.Concat("asg_", task.Body(), version), out var opened)
            ? $"{stream}:{opened.Ordinal}:{number}"
            : id;

    public void Dispose() => _opening.Dispose();

    private int Permute(AssignmentId id, bool forward)
    {
        var secret = _secret ?? throw new InvalidOperationException("The seal was not opened.");
        Span<byte> keys = stackalloc byte[HMACSHA512.HashSizeInBytes];
        Span<byte> name = stackalloc byte[64];
        HMACSHA512.HashData(secret, name[..Encoding.ASCII.GetBytes(id.Value.AsSpan()[..^4], name)], keys);
        var (left, right) = (id.Ordinal >> Half, id.Ordinal & Mask);
        for (var i = 0; i < Rounds; i++)
        {
            var round = forward ? i : Rounds - 1 - i;
            (left, right) = forward ? (right, left ^ Mix(keys, round, right)) : (right ^ Mix(keys, round, left), left);
        }

        return (left << Half) | right;
    }

    private static int Mix(ReadOnlySpan<byte> keys, int round, int value)
    {
        var (add, multiply) = (BinaryPrimitives.ReadUInt64LittleEndian(keys[(16 * round)..]), BinaryPrimitives.ReadUInt64LittleEndian(keys[((16 * round) + 8)..]) | 1);
        var mixed = ((ulong)value + add) * multiply;
        return (int)(((mixed ^ (mixed >> 29)) * multiply) >> (64 - Half));
    }

    [GeneratedRegex("asg_[0-9a-z]{30}", RegexOptions.None, 1000)]
    private static partial Regex AnyId();
}
