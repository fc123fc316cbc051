using System.Text.Json;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Messages;
using Crowd.Marketplace.Tests.Messages;
using Crowd.Silo.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Crowd.Cluster.Messages;

/// <summary>Orleans' codec carries what MessageJson does, lists and missing values included. That JSON itself loses nothing is tested without Orleans.</summary>
public sealed class CodecTests : IDisposable
{
    private readonly ServiceProvider _services;

    public CodecTests()
    {
        var services = new ServiceCollection();
        ClusterBuilding.AddMessages(services);
        _services = services.BuildServiceProvider();
    }

    public static TheoryData<string> Messages() => [.. MessageTypes().Select(t => t.ToString()).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_goes_from_silo_to_silo(string name)
    {
        var type = MessageTypes().Single(t => t.ToString() == name);
        foreach (var sample in Samples.CasesOf(type).Select(one => new Samples().Make(one)))
            Assert.Equal(Text(sample, type), Text(RoundTrip(sample, type), type));
    }

    [Fact]
    public void Lists_from_collection_expressions_go_too()
    {
        IReadOnlyList<Answer?> answers = [new Answer.Choice("yes"), null];
        Assert.Equal(Text(answers, typeof(IReadOnlyList<Answer?>)), Text(RoundTrip(answers, typeof(IReadOnlyList<Answer?>)), typeof(IReadOnlyList<Answer?>)));
        IReadOnlyList<CastVote> none = [];
        Assert.Empty((IEnumerable<CastVote>)RoundTrip(none, typeof(IReadOnlyList<CastVote>)));
        Outcome<IReadOnlyList<Lease>> outcome = Empty();
        Assert.Empty(((Outcome<IReadOnlyList<Lease>>)RoundTrip(outcome, typeof(Outcome<IReadOnlyList<Lease>>))).Value!);
    }

    [Fact]
    public void Within_a_silo_a_message_is_not_copied()
    {
        var message = (JobSpec)new Samples().Make(typeof(JobSpec));
        Assert.Same(message, _services.GetRequiredService<DeepCopier<JobSpec>>().Copy(message));
    }

    public void Dispose() => _services.Dispose();

    private static Outcome<IReadOnlyList<Lease>> Empty() => JsonSerializer.Deserialize<Outcome<IReadOnlyList<Lease>>>("{\"value\":[]}", MessageJson.Options);

    private static string Text(object value, Type type) => JsonSerializer.Serialize(value, type, MessageJson.Options);

    private static IEnumerable<Type> MessageTypes() => typeof(EventLog).Assembly.GetTypes().Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t))
        .SelectMany(t => t.GetMethods())
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
        .Select(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Task<>) ? t.GetGenericArguments()[0] : t)
        .Where(t => t != typeof(Task) && t != typeof(CancellationToken))
        .Distinct();

    /// <summary>As an argument of the declared type travels.</summary>
    private object RoundTrip(object value, Type type) => GetType().GetMethod(nameof(Typed), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
        .MakeGenericMethod(type).Invoke(this, [value])!;

    private T Typed<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer<T>>();
        return serializer.Deserialize(serializer.SerializeToArray(value))!;
    }
}
