namespace Crowd.Journal.Tests;

/// <summary>Tables with every kind of column.</summary>
internal static class TestTables
{
    public static readonly Table Counts = new()
    {
        Name = "counts",
        Key = [new("id", ColumnKind.Text)],
        Columns =
        [
            new("plain", ColumnKind.Integer),
            new("zero", ColumnKind.Integer, 0L),
            new("ten", ColumnKind.Integer, 10L),
            new("share", ColumnKind.Real, 0.5),
            new("label", ColumnKind.Text, "it's new"),
            new("note", ColumnKind.Text),
            new("blob", ColumnKind.Bytes),
        ],
        Indexes = [new("label"), new("plain", "zero")],
    };

    public static readonly Table Pairs = new()
    {
        Name = "pairs",
        Key = [new("left", ColumnKind.Text), new("right", ColumnKind.Integer)],
        Columns = [new("order", ColumnKind.Real), new("seen", ColumnKind.Integer, 0L)],
    };

    public static readonly Table Keys = new() { Name = "keys", Key = [new("key", ColumnKind.Bytes)], Columns = [] };

    public static readonly Table People = new()
    {
        Name = "people",
        Key = [new("id", ColumnKind.Text)],
        Columns = [new("name", ColumnKind.Text)],
        BesideLog = true,
    };

    public static readonly int Plain = Counts.IndexOf("plain");
    public static readonly int Zero = Counts.IndexOf("zero");
    public static readonly int Ten = Counts.IndexOf("ten");
    public static readonly int Share = Counts.IndexOf("share");
    public static readonly int Label = Counts.IndexOf("label");
    public static readonly int Note = Counts.IndexOf("note");
    public static readonly int Blob = Counts.IndexOf("blob");

    public static IReadOnlyList<Table> All => [Counts, Pairs, Keys, People];

    public static RowChange Count(string id, params ColumnChange[] columns) => RowChange.Put(Counts, [id], columns);
}
