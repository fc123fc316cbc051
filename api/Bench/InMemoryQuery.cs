namespace Crowd.Api.Bench;

/// <summary>A schema of its own for the bench: one object with twenty fields, so that what the GraphQL library costs is seen apart from what the app does.</summary>
internal sealed class InMemoryQuery
{
    public const string Document =
        "{ sample { title author language publisher country genre shelf note pages year edition stars weight height isNew isLent isRare price rating copies } }";

    private static readonly SampleBook Only = new(
        "Emma", "Jane Austen", "English", "John Murray", "England", "novel", "A1", null, 474, 1815, 1, 5, 320, 21, false, true, false, 9.5, 4.6, [3, 1, 2]);

    public SampleBook Sample => Only;

    internal sealed record SampleBook(
        string Title, string Author, string Language, string Publisher, string Country, string Genre, string Shelf, string? Note, int Pages, int Year, int Edition, int Stars,
        int Weight, int Height, bool IsNew, bool IsLent, bool IsRare, double Price, double Rating, int[] Copies);
}
