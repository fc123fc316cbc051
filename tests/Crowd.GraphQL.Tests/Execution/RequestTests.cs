using System.Text.Json;
using Crowd.GraphQL.Tests.Library;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.GraphQL.Tests.Execution;

public sealed class RequestTests
{
    [Fact]
    public async Task Keys_of_one_pass_are_loaded_together_and_once()
    {
        await using var services = LibrarySchema.Services();
        var executor = services.GetRequiredService<IGraphQLExecutor>();

        var result = await executor.ExecuteAsync(new GraphQLRequest("{ books { holding { __typename } again: holding { __typename } } }"), CancellationToken.None);

        Assert.Empty(result.Errors);
        Assert.Equal([2], services.GetRequiredService<Shelf>().Batches);
    }

    [Fact]
    public async Task Fields_without_await_are_done_when_the_call_returns()
    {
        var executor = LibrarySchema.Executor();

        var running = executor.ExecuteAsync(new GraphQLRequest("{ book(id: \"book_1\") { id title tags titleLength(factor: 3) } parties { label } grid }"), CancellationToken.None).AsTask();

        Assert.True(running.IsCompletedSuccessfully);
        Assert.Empty((await running).Errors);
    }

    [Fact]
    public async Task Mutations_run_one_after_another()
    {
        var steps = new Steps();
        await using var services = Services(steps, graphql => graphql.Mutation<SlowMutation>());

        await Execute(services, "mutation { a: step(name: \"a\") b: step(name: \"b\") c: step(name: \"c\") }");

        Assert.Equal(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"], steps.Log);
    }

    [Fact]
    public async Task Fields_of_a_query_run_side_by_side()
    {
        var steps = new Steps();
        await using var services = Services(steps);

        // Each waits for the other: one after another they would never end.
        var result = await Execute(services, "{ left right }");

        Assert.Equal("""{"data":{"left":"met","right":"met"}}""", result.ToJson());
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_resolvers()
    {
        var steps = new Steps();
        await using var services = Services(steps);
        using var leaving = new CancellationTokenSource();
        var running = services.GetRequiredService<IGraphQLExecutor>().ExecuteAsync(new GraphQLRequest("{ wait }"), leaving.Token).AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(await steps.Cancelled.Task);
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_ended_with_a_code()
    {
        var time = new FakeTimeProvider();
        await using var services = Services(new Steps(), graphql => graphql.Services.AddSingleton<TimeProvider>(time));
        var running = Execute(services, "{ wait }");

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(ErrorCodes.Timeout, Assert.Single((await running).Errors).Code);
    }

    [Fact]
    public async Task A_filter_translates_and_the_rest_is_logged_with_the_id_the_client_saw()
    {
        var log = new Journal();
        await using var services = Services(new Steps(), graphql =>
        {
            graphql.ErrorFilter<ArithmeticFilter>();
            graphql.Services.AddSingleton<ILoggerProvider>(log);
        });

        var translated = await Execute(services, "{ divide }");
        var masked = await Execute(services, "{ crash }");

        Assert.Equal("DIVIDED", Assert.Single(translated.Errors).Code);
        var (message, exception) = Assert.Single(log.Entries);
        Assert.Contains((string)Assert.Single(masked.Errors).Extensions!["id"]!, message, StringComparison.Ordinal);
        Assert.IsType<NotSupportedException>(exception);
    }

    [Fact]
    public async Task A_context_object_is_made_once_a_request()
    {
        var made = 0;
        await using var services = Services(new Steps(), graphql => graphql.Context(request => new Caller($"{request.Find<string>()} {++made}")));
        var executor = services.GetRequiredService<IGraphQLExecutor>();
        var request = new GraphQLRequest("{ caller again: caller }") { State = ["Ann"] };

        Assert.Equal("""{"data":{"caller":"Ann 1","again":"Ann 1"}}""", (await executor.ExecuteAsync(request, CancellationToken.None)).ToJson());
        Assert.Equal("""{"data":{"caller":"Ann 2","again":"Ann 2"}}""", (await executor.ExecuteAsync(request, CancellationToken.None)).ToJson());
    }

    [Theory]
    [InlineData("""{"range":{"low":2,"high":1}}""", "RANGE_EMPTY")]
    [InlineData("""{"range":{"low":-1,"high":1}}""", ErrorCodes.BadUserInput)]
    [InlineData("""{"range":{"low":1,"high":2,"name":"\ud800"}}""", ErrorCodes.BadUserInput)]
    [InlineData("""{"range":{"low":1}}""", ErrorCodes.BadUserInput)]
    [InlineData("""{"range":{"low":1,"high":2,"more":3}}""", ErrorCodes.BadUserInput)]
    [InlineData("""{"range":null}""", ErrorCodes.BadUserInput)]
    [InlineData("{}", ErrorCodes.BadUserInput)]
    public async Task A_variable_that_does_not_fit_is_a_request_error(string variables, string code)
    {
        await using var services = Services(new Steps());
        var request = new GraphQLRequest("query($range: RangeInput!) { width(range: $range) }") { Variables = JsonDocument.Parse(variables).RootElement };

        var result = await services.GetRequiredService<IGraphQLExecutor>().ExecuteAsync(request, CancellationToken.None);

        Assert.False(result.HasData);
        Assert.All(result.Errors, error => Assert.Equal(code, error.Code));
        Assert.StartsWith("$range", result.Errors[0].Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Steps steps, Action<GraphQLBuilder>? more = null) => new ServiceCollection()
        .AddSingleton(steps)
        .AddGraphQL(graphql =>
        {
            graphql.Query<SlowQuery>().Context(_ => new Caller(""));
            more?.Invoke(graphql);
        })
        .BuildServiceProvider();

    private static async Task<ExecutionResult> Execute(ServiceProvider services, string document) =>
        await services.GetRequiredService<IGraphQLExecutor>().ExecuteAsync(new GraphQLRequest(document), CancellationToken.None);

    internal sealed class Steps
    {
        public List<string> Log { get; } = [];

        public TaskCompletionSource<bool> Cancelled { get; } = new();

        public TaskCompletionSource Left { get; } = new();

        public TaskCompletionSource Right { get; } = new();
    }

    internal sealed record Caller(string Name);

    internal sealed record Range
    {
        public Range(int low, int high)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(low);
            (Low, High) = low <= high ? (low, high) : throw new GraphQLException("Nothing lies between.", "RANGE_EMPTY");
        }

        public int Low { get; }

        public int High { get; }

        public string? Name { get; init; }
    }

    internal sealed class SlowQuery
    {
        public int Width(Range range) => range.High - range.Low;

        public async Task<string> Left(Steps steps)
        {
            steps.Left.SetResult();
            await steps.Right.Task;
            return "met";
        }

        public async Task<string> Right(Steps steps)
        {
            steps.Right.SetResult();
            await steps.Left.Task;
            return "met";
        }

        public async Task<string> WaitAsync(Steps steps, CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                steps.Cancelled.SetResult(true);
                throw;
            }

            return "";
        }

        public int? Divide() => throw new DivideByZeroException();

        public int? Crash() => throw new NotSupportedException("secret");

        public string Caller(Caller caller) => caller.Name;
    }

    internal sealed class SlowMutation
    {
        public async Task<int> StepAsync(string name, Steps steps)
        {
            steps.Log.Add($"{name} starts");
            await Task.Yield();
            steps.Log.Add($"{name} ends");
            return 0;
        }
    }

    internal sealed class ArithmeticFilter : IErrorFilter
    {
        public GraphQLException? Translate(Exception exception) => exception is DivideByZeroException ? new GraphQLException("By zero.", "DIVIDED") : null;
    }

    private sealed class Journal : ILoggerProvider, ILogger
    {
        public List<(string Message, Exception? Exception)> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
