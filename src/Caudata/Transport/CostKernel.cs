using System.Numerics;
using System.Runtime.CompilerServices;
using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>Pairwise costs by one blocked product of double precision: ‖x‖² + ‖y‖² − 2⟨x, y⟩, or 1 − cos.</summary>
/// <remarks>Targets are packed once into panels of three SIMD vectors of columns; four sources at a time meet a panel in twelve registers.</remarks>
internal static class CostKernel
{
    private const int BlockRows = 64;
    private const int GroupRows = 4;

    /// <summary>Squared distances below this share of ‖x‖² + ‖y‖² are summed component by component: there the expanded form has lost half its digits.</summary>
    private const double Cancelled = 1e-7;

    private static int PanelColumns => 3 * Vector<double>.Count;

    /// <summary>Writes the cost of every pair, shape [n × m], row by row.</summary>
    public static unsafe void Fill(ReadOnlySpan<float> sources, ReadOnlySpan<float> targets, int dimension, GroundCost cost, Span<double> values, int threads)
    {
        int n = sources.Length / dimension, m = targets.Length / dimension, width = PanelColumns, panels = (m + width - 1) / width;
        double[] targetNorms = new double[panels * width], packed = new double[(long)panels * width * dimension];
        for (int j = 0; j < m; j++)
        {
            ReadOnlySpan<float> row = targets.Slice(j * dimension, dimension);
            double scale = Norm(row, cost, out targetNorms[j]);
            long start = ((long)(j / width) * dimension * width) + (j % width);
            for (int k = 0; k < dimension; k++)
            {
                packed[start + ((long)k * width)] = row[k] * scale;
            }
        }

        fixed (float* x = sources, y = targets)
        fixed (double* panel = packed, norms = targetNorms, output = values)
        {
            Job job = new(x, y, panel, norms, output, n, m, dimension, panels, cost);
            BlockLoop.Run((n + BlockRows - 1) / BlockRows, threads, job.Run);
        }
    }

    /// <summary>Squared norm of a vector, and the factor that it is multiplied with before products are taken.</summary>
    private static double Norm(ReadOnlySpan<float> row, GroundCost cost, out double squared)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        squared = sum;
        return cost == GroundCost.Cosine ? (sum > 0 ? 1 / Math.Sqrt(sum) : 0) : 1;
    }

    private sealed unsafe class Job(float* x, float* y, double* packed, double* targetNorms, double* output, int n, int m, int d, int panels, GroundCost cost)
    {
        public void Run(int block, int worker)
        {
            int first = block * BlockRows, last = Math.Min(n, first + BlockRows), width = PanelColumns, rows = last - first;
            double[] left = new double[BlockRows * d], norms = new double[BlockRows];
            double* dots = stackalloc double[GroupRows * width];
            for (int i = first; i < last; i++)
            {
                ReadOnlySpan<float> row = new(x + ((long)i * d), d);
                double scale = Norm(row, cost, out norms[i - first]);
                for (int k = 0; k < d; k++)
                {
                    left[((i - first) * d) + k] = row[k] * scale;
                }
            }

            fixed (double* a = left)
            {
                for (int p = 0; p < panels; p++)
                {
                    double* panel = packed + ((long)p * width * d);
                    int columns = Math.Min(width, m - (p * width));
                    for (int group = 0; group < rows; group += GroupRows)
                    {
                        // Rows past the end are rows of zeros (the buffer is whole groups): computed, never stored.
                        Product(a + ((long)group * d), panel, d, dots);
                        for (int r = 0; r < Math.Min(GroupRows, rows - group); r++)
                        {
                            Store(dots + (r * width), norms[group + r], first + group + r, p * width, columns);
                        }
                    }
                }
            }
        }

        private void Store(double* dots, double norm, int i, int firstColumn, int columns)
        {
            double* row = output + ((long)i * m) + firstColumn;
            if (cost == GroundCost.Cosine)
            {
                for (int j = 0; j < columns; j++)
                {
                    row[j] = Math.Min(2, Math.Max(0, 1 - dots[j]));
                }

                return;
            }

            for (int j = 0; j < columns; j++)
            {
                double sum = norm + targetNorms[firstColumn + j], squared = sum - (2 * dots[j]);
                if (squared < Cancelled * sum)
                {
                    squared = Direct(x + ((long)i * d), y + ((long)(firstColumn + j) * d));
                }

                row[j] = cost == GroundCost.Euclidean ? Math.Sqrt(squared) : squared;
            }
        }

        private double Direct(float* left, float* right)
        {
            double sum = 0;
            for (int k = 0; k < d; k++)
            {
                double difference = (double)left[k] - right[k];
                sum += difference * difference;
            }

            return sum;
        }
    }

    /// <summary>Four rows [4, d] times one panel [d, 3 vectors] -> dots [4, 3 vectors].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Product(double* a, double* panel, int d, double* dots)
    {
        int w = Vector<double>.Count;
        Vector<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        double* a1 = a + d, a2 = a1 + d, a3 = a2 + d;
        for (int k = 0; k < d; k++, panel += 3 * w)
        {
            Vector<double> b0 = Vector.Load(panel), b1 = Vector.Load(panel + w), b2 = Vector.Load(panel + (2 * w));
            Vector<double> left = new(a[k]);
            c00 = Vector.MultiplyAddEstimate(left, b0, c00);
            c01 = Vector.MultiplyAddEstimate(left, b1, c01);
            c02 = Vector.MultiplyAddEstimate(left, b2, c02);
            left = new(a1[k]);
            c10 = Vector.MultiplyAddEstimate(left, b0, c10);
            c11 = Vector.MultiplyAddEstimate(left, b1, c11);
            c12 = Vector.MultiplyAddEstimate(left, b2, c12);
            left = new(a2[k]);
            c20 = Vector.MultiplyAddEstimate(left, b0, c20);
            c21 = Vector.MultiplyAddEstimate(left, b1, c21);
            c22 = Vector.MultiplyAddEstimate(left, b2, c22);
            left = new(a3[k]);
            c30 = Vector.MultiplyAddEstimate(left, b0, c30);
            c31 = Vector.MultiplyAddEstimate(left, b1, c31);
            c32 = Vector.MultiplyAddEstimate(left, b2, c32);
        }

        c00.Store(dots);
        c01.Store(dots + w);
        c02.Store(dots + (2 * w));
        c10.Store(dots + (3 * w));
        c11.Store(dots + (4 * w));
        c12.Store(dots + (5 * w));
        c20.Store(dots + (6 * w));
        c21.Store(dots + (7 * w));
        c22.Store(dots + (8 * w));
        c30.Store(dots + (9 * w));
        c31.Store(dots + (10 * w));
        c32.Store(dots + (11 * w));
    }
}
