using System.Globalization;
using System.Text;
using Crowd.Consensus.Learning;

namespace Crowd.Api.Bench;

/// <summary>Learning curves as an SVG drawing.</summary>
internal static class CurveDrawing
{
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 50;
    private const int Right = 150;
    private const int Margin = 30;

    private static readonly string[] Colours = ["#555555", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900"];

    /// <summary>One line for each strategy; accuracy from the lowest tenth below all curves to the highest above.</summary>
    public static string Of(IReadOnlyList<(QueryStrategy Strategy, LearningCurve Curve)> curves, Func<LearningCurve, double[]> pick)
    {
        var most = curves.Max(c => c.Curve.Labels[^1]);
        var low = Math.Floor(curves.Min(c => pick(c.Curve).Min()) * 10) / 10;
        var high = Math.Ceiling(curves.Max(c => pick(c.Curve).Max()) * 10) / 10;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>Accuracy by the number of labels</title>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        for (var step = 0; step <= Math.Round((high - low) * 10); step++)
        {
            var value = low + (step / 10.0);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(value):F1}H{Width - Right}\" stroke=\"#dddddd\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:F1}</text>\n");
        }

        for (var labels = 0; labels <= most; labels += 50)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(labels):F1}\" y=\"{Height - 10}\" text-anchor=\"middle\">{labels}</text>\n");
        for (var i = 0; i < curves.Count; i++)
        {
            var (strategy, curve) = curves[i];
            var points = string.Join(' ', curve.Labels.Zip(pick(curve), (x, y) => string.Create(CultureInfo.InvariantCulture, $"{X(x):F1},{Y(y):F1}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colours[i % Colours.Length]}\" stroke-width=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 12}\" y=\"{Margin + (i * 20)}\" fill=\"{Colours[i % Colours.Length]}\">{LearningBench.NameOf(strategy)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();

        double X(double labels) => Left + (labels / most * (Width - Left - Right));
        double Y(double value) => Margin + ((high - value) / (high - low) * (Height - (2 * Margin)));
    }
}
