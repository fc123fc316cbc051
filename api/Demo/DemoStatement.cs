using System.Globalization;
using Crowd.Domain;
using Spectre.Console;

namespace Crowd.Api.Demo;

/// <summary>The statement of an account, as its owner reads it over the API.</summary>
/// <param name="Title">Whose it is.</param>
/// <param name="Provider">Who moves the money.</param>
/// <param name="IsReal">Whether it is real.</param>
/// <param name="Lines">All lines, oldest first.</param>
internal sealed record DemoStatement(string Title, string Provider, bool IsReal, IReadOnlyList<DemoStatement.Line> Lines)
{
    /// <summary>Most lines printed of the beginning, and of the end.</summary>
    private const int Printed = 6;

    /// <summary>One movement.</summary>
    internal sealed record Line(DateTimeOffset At, string Kind, long AmountMicros, long BalanceMicros);

    /// <summary>Reads all pages.</summary>
    public static async Task<DemoStatement> ReadAsync(ApiClient client, string of, string title, CancellationToken cancellationToken)
    {
        const string Query =
            "query($of: String!, $after: String) { payments { provider isReal } statement(of: $of, first: 500, after: $after) { pageInfo { hasNextPage endCursor } nodes { at kind amountMicros balanceMicros } } }";
        var lines = new List<Line>();
        string? after = null;
        while (true)
        {
            var answer = await client.SendAsync(Query, new() { ["of"] = of, ["after"] = after }, cancellationToken);
            var page = answer.GetProperty("statement");
            lines.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => new Line(
                n.GetProperty("at").GetDateTimeOffset(), n.GetProperty("kind").GetString()!, n.GetProperty("amountMicros").GetInt64(), n.GetProperty("balanceMicros").GetInt64())));
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
                return new(title, answer.GetProperty("payments").GetProperty("provider").GetString()!, answer.GetProperty("payments").GetProperty("isReal").GetBoolean(), lines);
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }

    /// <summary>Prints the first and the last lines.</summary>
    public void Print()
    {
        var table = new Table().Border(TableBorder.Rounded)
            .Title(Markup.Escape($"{Title}: {Lines.Count:N0} lines{(IsReal ? "" : $", no real money ({Provider})")}"))
            .AddColumn("When (UTC)").AddColumn("What").AddColumn(new TableColumn("Amount").RightAligned()).AddColumn(new TableColumn("Balance").RightAligned());
        for (var i = 0; i < Lines.Count; i++)
        {
            if (i == Printed && Lines.Count > 2 * Printed)
            {
                i = Lines.Count - Printed;
                table.AddRow("…", $"{Lines.Count - (2 * Printed):N0} lines", "…", "…");
            }

            var line = Lines[i];
            table.AddRow(line.At.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), line.Kind,
                new Money(line.AmountMicros, Currency.Usd).ToString(), new Money(line.BalanceMicros, Currency.Usd).ToString());
        }

        AnsiConsole.Write(table);
    }
}
