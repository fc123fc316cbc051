using System.Globalization;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Crowd.Api.Demo;

/// <summary>What came of a demo. Amounts in millionths of a dollar; paid, fees and returned add up to funded.</summary>
internal sealed record DemoReport
{
    /// <summary>Tasks posted.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tasks that have a label.</summary>
    public required int Decided { get; init; }

    /// <summary>Answers bought.</summary>
    public required int Answers { get; init; }

    /// <summary>What five answers for every task would have been.</summary>
    public required int AnswersAtFixedRedundancy { get; init; }

    /// <summary>Share of labels that are the truth.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The same for the plain majority of the same answers, ties to the first label.</summary>
    public required double MajorityAccuracy { get; init; }

    /// <summary>Null where it is undefined.</summary>
    public double? KrippendorffAlpha { get; init; }

    public required long FundedMicros { get; init; }

    public required long PaidMicros { get; init; }

    public required long FeesMicros { get; init; }

    public required long EscrowReturnedMicros { get; init; }

    public required bool LedgerBalanced { get; init; }

    public required double AnswersPerSecond { get; init; }

    /// <summary>Paid by kind of worker.</summary>
    public required IReadOnlyDictionary<string, KindResult> Workers { get; init; }

    /// <summary>The statement of the worker who earned most, and of the organisation.</summary>
    [JsonIgnore]
    public IReadOnlyList<DemoStatement> Statements { get; init; } = [];

    /// <summary>Prints the tables.</summary>
    public void Print()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        void Row(string name, string value) => table.AddRow(name, value);
        Row("Tasks decided", $"{Decided:N0} of {Tasks:N0}");
        Row("Answers bought", $"{Answers:N0}");
        Row("Answers at fixed redundancy 5", $"{AnswersAtFixedRedundancy:N0} ({(AnswersAtFixedRedundancy == 0 ? 0 : 1 - ((double)Answers / AnswersAtFixedRedundancy)).ToString("P1", CultureInfo.InvariantCulture)} saved)");
        Row("Accuracy of the consensus", Accuracy.ToString("P1", CultureInfo.InvariantCulture));
        Row("Accuracy of plain majority", MajorityAccuracy.ToString("P1", CultureInfo.InvariantCulture));
        Row("Krippendorff's alpha", KrippendorffAlpha?.ToString("0.000", CultureInfo.InvariantCulture) ?? "undefined");
        foreach (var (kind, result) in Workers)
            Row($"Paid to {result.Workers} {kind} workers", $"{Dollars(result.PaidMicros)} for {result.Accepted:N0} of {result.Answers:N0} answers");
        Row("Funded", Dollars(FundedMicros));
        Row("Paid to workers", Dollars(PaidMicros));
        Row("Fees", Dollars(FeesMicros));
        Row("Returned from escrow", Dollars(EscrowReturnedMicros));
        Row("Ledger balanced", LedgerBalanced ? "yes" : "[red]no[/]");
        Row("Answers per second", AnswersPerSecond.ToString("N0", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        foreach (var statement in Statements)
            statement.Print();
    }

    private static string Dollars(long micros) => new Domain.Money(micros, Domain.Currency.Usd).ToString();
}

/// <summary>What the workers of one kind did and got.</summary>
internal sealed record KindResult(int Workers, int Answers, int Accepted, long PaidMicros);
