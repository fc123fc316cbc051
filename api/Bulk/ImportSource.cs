using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Marketplace.Jobs;
using Sylvan.Data.Csv;

namespace Crowd.Api.Bulk;

/// <summary>A line as it comes: a draft, or what is wrong with it.</summary>
internal readonly record struct ImportedLine(long Number, TaskDraft? Draft, string Code, string Message);

/// <summary>Reads tasks from newline-delimited JSON or from CSV, a line at a time.</summary>
internal static class ImportSource
{
    private const int LineLimit = 1024 * 1024;

    /// <summary>Lines of JSON. Empty lines are passed over.</summary>
    public static async IAsyncEnumerable<ImportedLine> JsonLinesAsync(
        PipeReader body, TaskLine line, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, out var one))
            {
                number++;
                if (Parse(one, number, line) is { } parsed)
                    yield return parsed;
            }

            if (buffer.Length > LineLimit)
            {
                yield return new(number + 1, null, "LINE_TOO_LONG", $"a line has at most {LineLimit} bytes; nothing behind it was read.");
                yield break;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    /// <summary>
    /// CSV with a header. The columns <c>externalId</c>, <c>priority</c>, <c>gold</c> and <c>metadata</c> (JSON) have their meaning; a column <c>input</c> is the
    /// input's JSON; without it every other column is a property of the input, as text.
    /// </summary>
    public static async IAsyncEnumerable<ImportedLine> CsvAsync(
        Stream body, TaskLine line, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(body, Encoding.UTF8, leaveOpen: true);
        await using var csv = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions { BufferSize = LineLimit, ResultSetMode = ResultSetMode.SingleResult }, cancellationToken);
        var columns = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
        while (await csv.ReadAsync(cancellationToken))
            yield return FromRow(csv, columns, line, csv.RowNumber + 1);
    }

    private static ImportedLine? Parse(in ReadOnlySequence<byte> bytes, long number, TaskLine line)
    {
        var trimmed = bytes;
        if (trimmed.IsEmpty)
            return null;
        byte[]? rented = null;
        try
        {
            ReadOnlySpan<byte> span;
            if (trimmed.IsSingleSegment)
            {
                span = trimmed.FirstSpan;
            }
            else
            {
                rented = ArrayPool<byte>.Shared.Rent((int)trimmed.Length);
                trimmed.CopyTo(rented);
                span = rented.AsSpan(0, (int)trimmed.Length);
            }

            span = span.Trim(" \t\r"u8);
            if (number == 1 && span.StartsWith("\uFEFF"u8))
                span = span[3..];
            if (span.IsEmpty)
                return null;
            var (draft, code, message) = line.Read(span);
            return new(number, draft, code, message);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!last || buffer.IsEmpty)
            return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ImportedLine FromRow(CsvDataReader csv, string[] columns, TaskLine line, long number)
    {
        var fields = new TaskFields { Input = InputOf(csv, columns) };
        try
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var value = csv.GetString(i);
                switch (columns[i])
                {
                    case "externalId":
                        fields = fields with { ExternalId = value.Length == 0 ? null : value };
                        break;
                    case "priority":
                        fields = fields with { Priority = value.Length == 0 ? 0 : int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) };
                        break;
                    case "gold" when value.Length > 0:
                        fields = fields with { Gold = JsonOrText(value) };
                        break;
                    case "metadata" when value.Length > 0:
                        fields = fields with { Metadata = JsonOrText(value) };
                        break;
                }
            }
        }
        catch (FormatException)
        {
            return new(number, null, "PRIORITY_INVALID", "the priority is not a whole number.");
        }

        var (draft, code, message) = line.Check(fields);
        return new(number, draft, code, message);
    }

    /// <summary>The input that a row stands for; undefined when there is no column for it.</summary>
    internal static JsonElement InputOf(CsvDataReader csv, string[] columns)
    {
        var properties = new JsonObject();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] == "input")
                return JsonOrText(csv.GetString(i));
            if (columns[i] is not ("externalId" or "priority" or "gold" or "metadata" or "truth"))
                properties[columns[i]] = csv.GetString(i);
        }

        return properties.Count == 0 ? default : JsonSerializer.Deserialize(properties.ToJsonString(), ApiJson.Default.JsonElement);
    }

    private static JsonElement JsonOrText(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, ApiJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(value, ApiJson.Default.String);
        }
    }
}
