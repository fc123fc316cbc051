using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL.Tests.Library;

// A small lending library: one of everything that conventions know.
public readonly record struct BookId(string Value)
{
    public static BookId Parse(string text) =>
        text.StartsWith("book_", StringComparison.Ordinal) ? new BookId(text) : throw new GraphQLException("A book's id starts with book_.", "BAD_BOOK_ID");
}

public enum Genre
{
    ShortStory,
    Novel,
    [Obsolete("Use Novel.")]
    Saga,
}

/// <summary>A book on the <c>shelf</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
public sealed record Book(BookId Id, string Title, Genre Genre, string? Subtitle, IReadOnlyList<string> Tags)
{
    [Obsolete("Use title.")]
    public string Name => Title;

    public string NotAField() => "";
}

public abstract record Holding
{
    public sealed record OnShelf(string Shelf) : Holding;

    public sealed record Lent(DateTimeOffset Due, TimeSpan Left) : Holding;
}

public abstract record Party(string Label)
{
    public sealed record Person(string Label, int Age) : Party(Label);

    public sealed record Firm(string Label, Uri Site) : Party(Label);
}

public abstract record Choice
{
    public sealed record ByTitle(string Title) : Choice;

    public sealed record ByTag(string Tag, int Least = 1) : Choice;
}

public sealed record NewBook(string Title, Genre Genre = Genre.Novel, Optional<string> Subtitle = default, IReadOnlyList<string>? Tags = null);

public sealed class Shelf
{
    public Dictionary<string, Book> Books { get; } = new(StringComparer.Ordinal)
    {
        ["book_1"] = new(new("book_1"), "Emma", Genre.Novel, null, ["classic", "irony"]),
        ["book_2"] = new(new("book_2"), "The Dead", Genre.ShortStory, "from Dubliners", []),
    };

    public List<int> Batches { get; } = [];
}

public sealed class HoldingLoader(Shelf shelf) : BatchLoader<BookId, Holding>
{
    protected override async Task<IReadOnlyDictionary<BookId, Holding>> LoadBatchAsync(IReadOnlyList<BookId> keys, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (shelf.Batches)
        {
            shelf.Batches.Add(keys.Count);
        }

        return keys.Where(key => key.Value != "book_3").ToDictionary(key => key, key => key.Value == "book_1"
            ? (Holding)new Holding.OnShelf("A1")
            : new Holding.Lent(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), TimeSpan.FromMinutes(90)));
    }
}

[ExtendObjectType(typeof(Book))]
public static class BookFields
{
    /// <summary>Where the book is.</summary>
    public static Task<Holding?> GetHoldingAsync(Book book, HoldingLoader loader) => loader.LoadAsync(book.Id);

    public static int TitleLength(Book book, int factor = 1) => book.Title.Length * factor;
}

public sealed class Query(Shelf shelf)
{
    /// <summary>One book.</summary>
    /// <param name="id">Whose id this is.</param>
    public Book? GetBook(BookId id) => shelf.Books.GetValueOrDefault(id.Value);

    public async Task<IReadOnlyList<Book>> BooksAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return [.. shelf.Books.Values];
    }

    public Connection<Book> GetPage(int? first, string? after, int? last, string? before) =>
        Page.From(first, after, last, before, maxSize: 10).Of([.. shelf.Books.Values], book => book.Id.Value, _ => ValueTask.FromResult(shelf.Books.Count));

    public IReadOnlyList<Party> Parties => [new Party.Person("Ann", 30), new Party.Firm("Acme", new Uri("https://acme.example/"))];

    public string Find(Choice choice) => choice.ToString();

    public JsonElement? Echo(JsonElement? value) => value;

    public string Fail() => throw new InvalidOperationException("secret");

    public string? Refuse() => throw new GraphQLException("Not today.", "CLOSED");

    public int[][] Grid => [[1, 2], [3]];

    public long Sum(IReadOnlyList<long> values, decimal scale) => values.Sum() + (long)scale;

    public ValueTask<double> HalfAsync(float of) => ValueTask.FromResult(of / 2.0);
}

public sealed class Mutation
{
    public Book AddBook(NewBook book, Shelf shelf)
    {
        var id = new BookId($"book_{shelf.Books.Count + 1}");
        var added = new Book(id, book.Title, book.Genre, book.Subtitle.HasValue ? book.Subtitle.Value ?? "(null)" : "(none)", book.Tags ?? []);
        shelf.Books.Add(id.Value, added);
        return added;
    }
}

public sealed class Subscription
{
    public async IAsyncEnumerable<int> CountTo(int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 1; i <= limit; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }
}

public static class LibrarySchema
{
    public static void Build(GraphQLBuilder builder) => builder
        .Query<Query>()
        .Mutation<Mutation>()
        .Subscription<Subscription>()
        .ExtensionsOf(typeof(BookFields).Assembly)
        .Loader<HoldingLoader>()
        .Id(BookId.Parse, id => id.Value);

    public static ServiceProvider Services(Action<GraphQLBuilder>? more = null) => new ServiceCollection()
        .AddSingleton<Shelf>()
        .AddGraphQL(builder =>
        {
            Build(builder);
            more?.Invoke(builder);
        })
        .BuildServiceProvider();

    public static IGraphQLExecutor Executor(Action<GraphQLBuilder>? more = null) => Services(more).GetRequiredService<IGraphQLExecutor>();
}
