namespace Crowd.GraphQL.Results;

/// <summary>
/// One value of a result: null, a leaf, or a container. Numbers and booleans sit in <see cref="Bits"/> with a tag in
/// <see cref="Reference"/>, so that they are not boxed. A default slot is null.
/// </summary>
internal struct ResultSlot
{
    /// <summary>Null, a tag, a string, a container, or a boxed value that System.Text.Json writes.</summary>
    public object? Reference { get; private set; }

    public long Bits { get; private set; }

    public readonly bool IsNull => Reference is null;

    public void SetNull() => Reference = null;

    public void SetString(string? value) => Reference = value;

    public void SetContainer(ResultContainer value) => Reference = value;

    /// <summary>A value written as JSON itself: a JsonElement or a decimal.</summary>
    public void SetJson(object value) => Reference = value;

    public void SetInteger(long value)
    {
        Bits = value;
        Reference = Tag.Integer;
    }

    public void SetBoolean(bool value)
    {
        Bits = value ? 1 : 0;
        Reference = Tag.Boolean;
    }

    /// <summary>Sets a number that must be finite (section 3.5.2).</summary>
    public void SetFloat(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new GraphQLException("Float has no such number.", ErrorCodes.Internal);
        }

        Bits = BitConverter.DoubleToInt64Bits(value);
        Reference = Tag.Float;
    }

    internal sealed class Tag
    {
        public static readonly Tag Integer = new();
        public static readonly Tag Boolean = new();
        public static readonly Tag Float = new();
    }
}
