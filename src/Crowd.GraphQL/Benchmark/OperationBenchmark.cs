using System.Buffers;
using System.Diagnostics;
using System.Text;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Requests;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL;

/// <summary>What one step of an operation costs on one thread.</summary>
/// <param name="Nanoseconds">Time of the fastest of several rounds, divided by the calls of a round.</param>
/// <param name="Bytes">Memory allocated by one call.</param>
public readonly record struct StepCost(double Nanoseconds, double Bytes);

/// <summary>What an operation costs, step by step.</summary>
/// <param name="DocumentBytes">Size of the document.</param>
/// <param name="ResponseBytes">Size of the response.</param>
/// <param name="Parse">Text to document.</param>
/// <param name="Validate">Every rule of the specification.</param>
/// <param name="Execute">From a cached document to a result, unwritten.</param>
/// <param name="Whole">The same with the response written to memory: what a transport adds to its own work.</param>
public sealed record OperationCost(int DocumentBytes, int ResponseBytes, StepCost Parse, StepCost Validate, StepCost Execute, StepCost Whole);

/// <summary>Measures operations in process against the schema and services of an application.</summary>
public static class OperationBenchmark
{
    private const int Rounds = 40;
    private const int MinCalls = 20;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures one operation; it is executed many times, so it should change nothing. Throws if it has errors.</summary>
    public static OperationCost Measure(IServiceProvider services, GraphQLRequest request)
    {
        var executor = services.GetRequiredService<IGraphQLExecutor>();
        var schema = services.GetRequiredService<Schema>();
        var text = request.Document.ToArray();
        var document = Parser.Parse(text, null, schema.Names);
        var buffer = new ArrayBufferWriter<byte>();
        Write(executor, request, buffer);
        var size = buffer.WrittenCount;
        return new OperationCost(
            text.Length,
            size,
            Cost(() => Parser.Parse(text, null, schema.Names)),
            Cost(() => DocumentValidator.Validate(schema, document, out _)),
            Cost(() => Run(executor, request)),
            Cost(() => Write(executor, request, buffer)));
    }

    /// <summary>Measures parsing alone, without a limit on tokens: of a document that may be of any size and need not be valid.</summary>
    public static StepCost MeasureParsing(IServiceProvider services, string document)
    {
        var text = Encoding.UTF8.GetBytes(document);
        var names = services.GetRequiredService<Schema>().Names;
        var options = new ParserOptions { MaxTokens = int.MaxValue };
        return Cost(() => Parser.Parse(text, options, names));
    }

    private static ExecutionResult Run(IGraphQLExecutor executor, GraphQLRequest request)
    {
        var running = executor.ExecuteAsync(request, CancellationToken.None);
        return running.IsCompletedSuccessfully ? running.Result : running.AsTask().GetAwaiter().GetResult();
    }

    private static void Write(IGraphQLExecutor executor, GraphQLRequest request, ArrayBufferWriter<byte> buffer)
    {
        var result = Run(executor, request);
        if (result.Errors.Count > 0)
        {
            throw new InvalidOperationException($"The operation to measure has errors: {result.Errors[0].Message}");
        }

        buffer.ResetWrittenCount();
        result.WriteTo(buffer);
    }

    private static StepCost Cost(Action step)
    {
        // The first rounds also let the compiler do its work.
        var best = double.MaxValue;
        var bytes = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var calls = 0;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            do
            {
                for (var i = 0; i < MinCalls; i++)
                {
                    step();
                }

                calls += MinCalls;
            }
            while (Stopwatch.GetElapsedTime(started) < Round);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls);
            bytes = Math.Min(bytes, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls);
        }

        return new StepCost(best, bytes);
    }
}
