using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Types;

/// <summary>Section 3.13.</summary>
internal sealed class Directive(string name, string description, IReadOnlyList<InputValue> arguments, params IReadOnlyList<string> locations)
{
    public const string DefaultDeprecationReason = "No longer supported";

    public static readonly Directive Skip = new(
        "skip",
        "Leaves out the field or fragment when the argument is true.",
        [If("Leave out when true.")],
        DirectiveLocations.Field,
        DirectiveLocations.FragmentSpread,
        DirectiveLocations.InlineFragment);

    public static readonly Directive Include = new(
        "include",
        "Takes in the field or fragment only when the argument is true.",
        [If("Take in when true.")],
        DirectiveLocations.Field,
        DirectiveLocations.FragmentSpread,
        DirectiveLocations.InlineFragment);

    public static readonly Directive Deprecated = new(
        "deprecated",
        "Marks what should no longer be used.",
        [
            new InputValue("reason", ScalarType.String.NonNull())
            {
                Description = "Why, and what to use instead, in CommonMark.",
                DefaultValue = new StringValueNode(DefaultDeprecationReason, isBlock: false),
                Shape = new LeafInputShape(ScalarType.String),
            },
        ],
        DirectiveLocations.FieldDefinition,
        DirectiveLocations.ArgumentDefinition,
        DirectiveLocations.InputFieldDefinition,
        DirectiveLocations.EnumValue);

    public static readonly Directive SpecifiedBy = new(
        "specifiedBy",
        "Says where the behaviour of a scalar is specified.",
        [new InputValue("url", ScalarType.String.NonNull()) { Description = "Address of the specification.", Shape = new LeafInputShape(ScalarType.String) }],
        DirectiveLocations.Scalar);

    public static readonly Directive OneOf = new("oneOf", "Marks an input object of which exactly one field is given.", [], DirectiveLocations.InputObject);

    /// <summary>The directives every schema has (section 3.13).</summary>
    public static readonly IReadOnlyList<Directive> Specified = [Include, Skip, Deprecated, SpecifiedBy, OneOf];

    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<InputValue> Arguments { get; } = arguments;

    public IReadOnlyList<string> Locations { get; } = locations;

    public bool IsRepeatable { get; init; }

    public InputValue? FindArgument(string name) => Arguments.FirstOrDefault(argument => argument.Name == name);

    private static InputValue If(string description) =>
        new("if", ScalarType.Boolean.NonNull()) { Description = description, Shape = new LeafInputShape(ScalarType.Boolean) };
}
