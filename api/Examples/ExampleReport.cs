using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Crowd.Api.Examples;

/// <summary>A figure of an example that the report of every job does not have.</summary>
/// <param name="Name">In camel case.</param>
/// <param name="Value">The value.</param>
/// <param name="Shown">How it is printed; as a number by default.</param>
internal sealed record ExampleFigure(string Name, double Value, string? Shown = null);

/// <summary>What was so in the simulated world.</summary>
/// <param name="Cases">Things that were decided.</param>
/// <param name="MachineAccuracy">Share of the machine's labels that are right, of those things that it looked at.</param>
/// <param name="HybridAccuracy">Share of labels given out that are right.</param>
/// <param name="AcceptedAccuracy">Share that is right of what the machine decided; null where it decided nothing.</param>
internal sealed record ExampleTruth(int Cases, double MachineAccuracy, double HybridAccuracy, double? AcceptedAccuracy)
{
    public static ExampleTruth Of(IReadOnlyList<ExampleCase> cases) => new(
        cases.Count,
        cases.Where(c => c.Item.Said is not null).Average(c => c.Item.Said == c.Item.Truth ? 1.0 : 0),
        cases.Average(c => c.Given == c.Item.Truth ? 1.0 : 0),
        cases.Where(c => c.Accepted).Select(c => c.Item.Said == c.Item.Truth ? 1.0 : 0).Cast<double?>().Average());
}

/// <summary>What came of an example.</summary>
internal sealed record ExampleReport
{
    public required string Example { get; init; }

    public required int Seed { get; init; }

    /// <summary>The job's id.</summary>
    public required string Job { get; init; }

    /// <summary>The report as <c>GET /jobs/{id}/report</c> gave it.</summary>
    public required JsonElement Report { get; init; }

    /// <summary>What was so.</summary>
    public required ExampleTruth Truth { get; init; }

    /// <summary>What the example is about.</summary>
    public required IReadOnlyList<ExampleFigure> Figures { get; init; }

    /// <summary>Prints the tables.</summary>
    public void Print()
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{Example}, seed {Seed}: {Number("cases")} cases, {Number("accepted")} given to the machine, {Number("audited")} of them audited"))
            .AddColumn("").AddColumn(Right("Machine alone")).AddColumn(Right("People alone")).AddColumn(Right("Hybrid"));
        table.AddRow("Accuracy", Share("machineAccuracy"), Share("peopleAccuracy"), Share("hybridAccuracy"));
        table.AddRow("  in truth", Percent(Truth.MachineAccuracy), "", Percent(Truth.HybridAccuracy));
        table.AddRow("Critical errors", Share("machineCritical"), Share("peopleCritical"), Share("hybridCritical"));
        table.AddRow("Cost of errors", ErrorCost("machineErrorCost"), ErrorCost("peopleErrorCost"), ErrorCost("hybridErrorCost"));
        var spent = Report.GetProperty("costMicros").GetDouble();
        var saved = Report.GetProperty("savedMicros");
        table.AddRow("Cost of people", Dollars(0), Dollars(spent + Of(saved, "value", 0)) + Bounds(saved, v => Dollars(spent + v)), Dollars(spent));
        table.AddRow("Median time", Seconds("machineTime"), Seconds("peopleTime"), "");
        AnsiConsole.Write(table);

        var figures = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(Right(""));
        foreach (var figure in Figures)
            figures.AddRow(Markup.Escape(Words(figure.Name)), Markup.Escape(figure.Shown ?? figure.Value.ToString("0.###", CultureInfo.InvariantCulture)));
        AnsiConsole.Write(figures);
    }

    /// <summary>A share with its interval, as printed.</summary>
    internal static string Shown(JsonElement estimate) => estimate.GetProperty("value").ValueKind == JsonValueKind.Null
        ? "not measured"
        : Percent(estimate.GetProperty("value").GetDouble()) + Bounds(estimate, Percent);

    internal static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Bounds(JsonElement estimate, Func<double, string> shown) =>
        estimate.TryGetProperty("low", out var low) && low.ValueKind == JsonValueKind.Number && estimate.TryGetProperty("high", out var high) && high.ValueKind == JsonValueKind.Number
            ? $" ({shown(low.GetDouble())} – {shown(high.GetDouble())})"
            : "";

    private static double Of(JsonElement element, string name, double otherwise) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    private static string Dollars(double micros) => (micros / 1e6).ToString("$#,##0.00", CultureInfo.InvariantCulture);

    private static string Words(string camel)
    {
        var words = new StringBuilder();
        for (var i = 0; i < camel.Length; i++)
        {
            // A letter by itself at the end is a group's name.
            var isName = i == camel.Length - 1;
            _ = char.IsUpper(camel[i]) ? words.Append(' ').Append(isName ? camel[i] : char.ToLowerInvariant(camel[i])) : words.Append(camel[i]);
        }

        words[0] = char.ToUpperInvariant(words[0]);
        return words.ToString();
    }

    private int Number(string name) => Report.GetProperty(name).GetInt32();

    private string Share(string name) => Shown(Report.GetProperty(name));

    /// <summary>In money where the page's rules say what errors cost, else their number.</summary>
    private string ErrorCost(string name)
    {
        var estimate = Report.GetProperty(name);
        return Example == "preferences"
            ? $"{Of(estimate, "value", double.NaN).ToString("0", CultureInfo.InvariantCulture)} errors{Bounds(estimate, v => v.ToString("0", CultureInfo.InvariantCulture))}"
            : Dollars(Of(estimate, "value", double.NaN)) + Bounds(estimate, Dollars);
    }

    private string Seconds(string name) =>
        Of(Report.GetProperty(name), "median", double.NaN) is var seconds && double.IsFinite(seconds) ? seconds.ToString("0.00 s", CultureInfo.InvariantCulture) : "";
}
