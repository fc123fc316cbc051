namespace Crowd.Consensus.Boxes;

/// <summary>A rectangle along the axes, in pixels or any other unit, with a class.</summary>
/// <param name="Right">At least <paramref name="Left"/>.</param>
/// <param name="Bottom">At least <paramref name="Top"/>.</param>
/// <param name="Label">The class of what is in the box; boxes of different classes never match.</param>
public readonly record struct Box(double Left, double Top, double Right, double Bottom, int Label = 0)
{
    public double Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>Intersection over union, 0 to 1; the class is not looked at.</summary>
    public double Overlap(Box other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        if (width <= 0 || height <= 0) return 0;

        var common = width * height;
        return common / (Area + other.Area - common);
    }
}
