using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Sylvan.Data.Csv;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Opens comma-separated files: plain, <c>.gz</c>, or <c>-</c> for standard input, compressed or not, and output. Lines may start with any sign; there are no comments.</summary>
internal static class CsvFiles
{
    private const int BufferSize = 1 << 16;
    private const int MostFieldLength = 1 << 24;

    public static CsvDataReader Open(string path)
    {
        try
        {
            var stream = path == "-" ? StandardInput() : File.OpenRead(path);
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) stream = new GZipStream(stream, CompressionMode.Decompress);

            var options = new CsvDataReaderOptions
            {
                Delimiter = ',',
                Comment = '\0',
                HeaderComparer = StringComparer.OrdinalIgnoreCase,
                BufferSize = BufferSize,
                MaxBufferSize = MostFieldLength,
                OwnsReader = true,
            };
            return CsvDataReader.Create(new StreamReader(stream), options);
        }
        catch (CsvMissingHeadersException)
        {
            throw new BadInputException($"{path} is empty; give it a header and rows.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException or InvalidDataException)
        {
            throw new BadInputException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Standard input has no name that would say whether it is compressed; its first two bytes do (RFC 1952, section 2.3.1).</summary>
    private static Stream StandardInput()
    {
        var reader = PipeReader.Create(Console.OpenStandardInput());
        var start = reader.ReadAtLeastAsync(2).AsTask().GetAwaiter().GetResult().Buffer;
        var isCompressed = start.Length >= 2 && start.Slice(0, 2).ToArray() is [0x1F, 0x8B];
        reader.AdvanceTo(start.Start);
        return isCompressed ? new GZipStream(reader.AsStream(), CompressionMode.Decompress) : reader.AsStream();
    }

    /// <summary>Which column has a name; the message names the file's own columns where there is none.</summary>
    public static int Column(CsvDataReader csv, string path, string name)
    {
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (string.Equals(csv.GetName(i).Trim('\uFEFF', ' '), name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        var columns = string.Join(",", Enumerable.Range(0, csv.FieldCount).Select(csv.GetName));
        throw new BadInputException($"{path}, line 1: there is no column '{name}' among '{columns}'. Give the file a header with it.");
    }

    public static TextWriter Create(string path)
    {
        try
        {
            if (path == "-") return new StreamWriter(Console.OpenStandardOutput(), leaveOpen: false);

            Stream stream = File.Create(path);
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) stream = new GZipStream(stream, CompressionLevel.Optimal);
            return new StreamWriter(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Quotes a field where commas, quotes or line breaks ask for it.</summary>
    public static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>At most six significant decimals; empty where there is no value.</summary>
    public static string Field(double value) =>
        double.IsFinite(value) ? value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture) : "";
}
