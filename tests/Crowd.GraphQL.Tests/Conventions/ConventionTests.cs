using System.Text.Json.Serialization;
using Crowd.GraphQL.Conventions;

namespace Crowd.GraphQL.Tests.Conventions;

public sealed class ConventionTests
{
    private const string Golden = """"
        input BoxInput {
          width: Int!
          height: Int! = 3
          note: String
          corners: [Int!]
          paint: Colour!
          remark: String @deprecated(reason: "Use note.")
        }

        type CircleShape implements Shape {
          area: Float!
          radius: Float!
          label(isLong: Boolean! = false): String!
        }

        enum Colour {
          DEEP_RED
          SKY
        }

        type Mutation {
          draw(box: BoxInput!, target: TargetInput!, paints: [Colour!]!, times: Int! = 2, paint: Colour! = SKY): Boolean!
        }

        type Query {
          shape: Shape
          allShapes: [Shape]!
          count: Int
        }

        """A shape to draw: `Area` or nothing."""
        interface Shape {
          area: Float!
          label(isLong: Boolean! = false): String!
        }

        type SquareShape implements Shape {
          area: Float!
          label(isLong: Boolean! = false): String!
        }

        input TargetInput @oneOf {
          name: String
          number: Int
        }

        """";

    [Fact]
    public void Classes_make_the_schema_that_the_conventions_say()
    {
        var configuration = new SchemaConfiguration();
        configuration.Query.Add(typeof(Shapes));
        configuration.Mutation.Add(typeof(Drawing));
        configuration.Extensions.Add(typeof(ShapeFields));
        configuration.OptionsOf(typeof(Paint)).Name = "Colour";
        configuration.OptionsOf(typeof(Shape.Circle)).Ignored.Add(nameof(Shape.Circle.Diameter));

        var sdl = SchemaCompiler.Compile(configuration, services: null).Print();

        Assert.Equal(Golden, sdl);
    }

    /// <summary>A shape to draw: <see cref="Area"/> or nothing.</summary>
    internal abstract record Shape(double Area)
    {
        public sealed record Circle(double Area, double Radius) : Shape(Area)
        {
            public double Diameter => Radius * 2;
        }

        public sealed record Square(double Area) : Shape(Area);
    }

    internal enum Paint
    {
        DeepRed,
        [GraphQLName("SKY")]
        LightBlue,
    }

    internal sealed record Box(int Width, int Height = 3, string? Note = null)
    {
        public IReadOnlyList<int>? Corners { get; init; }

        public required Paint Paint { get; init; }

        [Obsolete("Use note.")]
        public string? Remark { get; init; }

        public int Volume => Width * Height;
    }

    [OneOf]
    internal sealed record Target(string? Name, int? Number);

    internal sealed class Shapes
    {
        public Shape? Shape => null;

        public IEnumerable<Shape?> GetAllShapesAsync() => [];

        public int? Count => null;
    }

    internal sealed class Drawing
    {
        [Cost(5)]
        public Task<bool> DrawAsync(Box box, Target target, Paint[] paints, int times = 2, Paint paint = Paint.LightBlue) => Task.FromResult(true);

        [JsonIgnore]
        public int Hidden => 0;
    }

    [ExtendObjectType(typeof(Shape))]
    internal static class ShapeFields
    {
        public static string Label(Shape shape, bool isLong = false) => shape.ToString() + isLong;
    }
}
