using System.Runtime.Intrinsics;

namespace Crowd.Consensus.Categories;

internal sealed partial class HiddenFit
{
    /// <summary>What one part of the tasks adds up.</summary>
    private sealed class Part(int tableLength, int stride)
    {
        public double[] Counts { get; } = new double[tableLength];

        public double[] ShareCounts { get; } = new double[stride];

        public double[] Row { get; } = new double[stride];

        public double LogLikelihood { get; private set; }

        public double Change { get; private set; }

        public void Clear()
        {
            Array.Clear(Counts);
            Array.Clear(ShareCounts);
        }

        public void Take(Tally tally)
        {
            LogLikelihood = tally.Total();
            Change = Vector256.Sum(tally.Difference);
        }
    }

    /// <summary>Likelihood and change so far. A local value, so that threads do not write to one cache line; logarithms are taken of products, not of each factor.</summary>
    private struct Tally()
    {
        private double _product = 1;
        private double _logLikelihood;

        public Vector256<double> Difference = Vector256<double>.Zero;

        public readonly double Total() => _logLikelihood + Math.Log(_product);

        public void Multiply(double factor)
        {
            _product *= factor;
            if (_product is > Small and < 1 / Small) return;

            _logLikelihood += Math.Log(_product);
            _product = 1;
        }

        public Vector256<double> Rescale(Vector256<double> product)
        {
            var sum = Vector256.Sum(product);
            Multiply(sum);
            return product / sum;
        }

        public void Rescale(Span<double> row)
        {
            var sum = 0.0;
            foreach (var value in row) sum += value;
            Multiply(sum);
            foreach (ref var value in row) value /= sum;
        }
    }
}
