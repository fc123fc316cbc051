using Crowd.GraphQL.Conventions;

namespace Crowd.GraphQL.Tests.Conventions;

public sealed class SchemaErrorTests
{
    [Theory]
    [InlineData(typeof(GivesNothing), "GivesNothing.Run")]
    [InlineData(typeof(GivesObject), "GivesObject.Anything")]
    [InlineData(typeof(TakesInterface), "TakesInterface.Of")]
    [InlineData(typeof(TakesDelegate), "TakesDelegate.Of")]
    [InlineData(typeof(BadName), "BadName.Odd")]
    [InlineData(typeof(TwiceTheSame), "TwiceTheSame.GetThing")]
    [InlineData(typeof(NoFields), "Empty")]
    [InlineData(typeof(TakesUnreadable), "Unreadable")]
    public void A_mistake_names_the_member(Type query, string expected)
    {
        var configuration = new SchemaConfiguration();
        configuration.Query.Add(query);

        var problem = Assert.Throws<SchemaException>(() => SchemaCompiler.Compile(configuration, services: null));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private sealed class GivesNothing
    {
        public Task Run() => Task.CompletedTask;
    }

    private sealed class GivesObject
    {
        public object Anything => "";
    }

    private sealed class TakesInterface
    {
        public int Of(IComparable value) => value.GetHashCode();
    }

    private sealed class TakesDelegate
    {
        public int Of(Action value) => value.GetHashCode();
    }

    private sealed class BadName
    {
        [GraphQLName("not-a-name")]
        public int Odd => 0;
    }

    private sealed class TwiceTheSame
    {
        public int Thing => 0;

        public int GetThing() => 0;
    }

    private sealed class NoFields
    {
        public Empty It => new();
    }

    private sealed class TakesUnreadable
    {
        public int Of(Unreadable value) => value.GetHashCode();
    }

    internal sealed record Empty;

    internal sealed class Unreadable(int hidden)
    {
        public override int GetHashCode() => hidden;
    }
}
