using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>The stabilised kernel Kᵢⱼ = exp(rᵢ + cⱼ − s Cᵢⱼ) in single precision, with the passes over it that scaling methods need.</summary>
/// <remarks>
/// <para>Potentials r [n] and c [m] are held in double precision and hold what was absorbed; the scalings u [n] and v [m] are single precision and stay near 1.
/// The plan is Pᵢⱼ = aᵢ bⱼ uᵢ vⱼ Kᵢⱼ: with the weights outside, u and v do not depend on n, m or the size of a weight.</para>
/// <para>One alternating step reads K once: a group of rows is multiplied with b v, gives its u, and is added to the column sums while it still lies in the first-level cache.</para>
/// <para>Source of the absorption: [schmitzer2019] section 3.1. The fused pass and the log-domain rescue are ours.</para>
/// </remarks>
internal sealed unsafe class GibbsKernel : IDisposable
{
    /// <summary>|log u| or |log v| above which scalings are absorbed: entries that had underflowed (below e⁻⁸⁷) then still weigh less than e⁻³⁷.</summary>
    public const double AbsorbAt = 25;

    /// <summary>|log u| or |log v| above which single precision has lost digits, and the step is taken again in the log domain.</summary>
    public const double RescueAt = 55;

    private const int BlockRows = 128;
    private const float Underflow = -87.3f, Clamp = 80f;

    private readonly CostMatrix _cost;
    private readonly int _n, _m, _stride, _blocks, _threads;
    private readonly float[] _kernelArray, _partialArray;
    private readonly double[] _blockDouble;
    private readonly GCHandle _kernelPin, _partialPin;
    private readonly float* _kernel, _partial;
    private readonly float[] _rowMass, _columnMass, _weighted, _columnSums;
    private readonly double[] _logRowMass, _logColumnMass, _shift;
    private readonly CancellationToken _cancellationToken;
    private readonly Action<int, int> _fused, _build, _value;
    private double _scale;

    public GibbsKernel(CostMatrix cost, ReadOnlySpan<double> rowMass, ReadOnlySpan<double> columnMass, int threads, CancellationToken cancellationToken)
    {
        _cost = cost;
        _n = cost.Rows;
        _m = cost.Columns;
        _threads = threads;
        _cancellationToken = cancellationToken;
        _stride = (_m + 15) / 16 * 16;
        _blocks = (_n + BlockRows - 1) / BlockRows;
        _kernelArray = ArrayPool<float>.Shared.Rent(checked((_n * _stride) + 16));
        _partialArray = ArrayPool<float>.Shared.Rent((_blocks * _stride) + 16);
        _kernelPin = GCHandle.Alloc(_kernelArray, GCHandleType.Pinned);
        _partialPin = GCHandle.Alloc(_partialArray, GCHandleType.Pinned);
        _kernel = Align((float*)_kernelPin.AddrOfPinnedObject());
        _partial = Align((float*)_partialPin.AddrOfPinnedObject());
        _blockDouble = new double[_blocks * _m];
        RowPotential = new double[_n];
        ColumnPotential = new double[_m];
        RowScaling = new float[_n];
        ColumnScaling = new float[_m];
        _rowMass = new float[_n];
        _columnMass = new float[_stride];
        _weighted = new float[_stride];
        _columnSums = new float[_stride];
        _logRowMass = new double[_n];
        _logColumnMass = new double[_m];
        _shift = new double[Math.Max(_n, _m)];
        TensorPrimitives.ConvertTruncating(rowMass, _rowMass.AsSpan());
        TensorPrimitives.ConvertTruncating(columnMass, _columnMass.AsSpan(0, _m));
        TensorPrimitives.Log(rowMass, _logRowMass);
        TensorPrimitives.Log(columnMass, _logColumnMass);
        _fused = FusedBlock;
        _build = BuildBlock;
        _value = ValueBlock;
    }

    /// <summary>r [n]: absorbed potentials of the rows, in units of the exponent.</summary>
    public double[] RowPotential { get; }

    /// <summary>c [m]: absorbed potentials of the columns, in units of the exponent.</summary>
    public double[] ColumnPotential { get; }

    /// <summary>u [n].</summary>
    public float[] RowScaling { get; }

    /// <summary>v [m].</summary>
    public float[] ColumnScaling { get; }

    /// <summary>Σᵢ aᵢ uᵢ Kᵢⱼ, shape [m].</summary>
    public ReadOnlySpan<float> ColumnSums => _columnSums.AsSpan(0, _m);

    /// <summary>Number of times that K was made anew.</summary>
    public int Builds { get; private set; }

    /// <summary>Number of half-steps that were taken in the log domain.</summary>
    public int LogSteps { get; private set; }

    public void Dispose()
    {
        _kernelPin.Free();
        _partialPin.Free();
        ArrayPool<float>.Shared.Return(_kernelArray);
        ArrayPool<float>.Shared.Return(_partialArray);
    }

    /// <summary>Makes K from the potentials and s, sets u = v = 1 and the column sums to match.</summary>
    public void Build(double scale)
    {
        _scale = scale;
        RowScaling.AsSpan().Fill(1);
        ColumnScaling.AsSpan().Fill(1);
        BlockLoop.Run(_blocks, _threads, _build, _cancellationToken);
        SumPartials();
        Builds++;
    }

    /// <summary>v = 1 / column sums.</summary>
    public void ScaleColumns()
    {
        for (int j = 0; j < _m; j++)
        {
            ColumnScaling[j] = 1 / _columnSums[j];
        }
    }

    /// <summary>u = 1 / (K (b v)), then the column sums of the new u, in one pass over K.</summary>
    public void ScaleRows()
    {
        TensorPrimitives.Multiply(_columnMass.AsSpan(0, _m), ColumnScaling, _weighted);
        BlockLoop.Run(_blocks, _threads, _fused, _cancellationToken);
        SumPartials();
    }

    /// <summary>The largest |log| of the scalings; infinite where one is 0, infinite or NaN.</summary>
    public static double Range(ReadOnlySpan<float> scalings)
    {
        float low = TensorPrimitives.Min(scalings), high = TensorPrimitives.Max(scalings);
        double range = Math.Max(Math.Abs(Math.Log(low)), Math.Abs(Math.Log(high)));
        return double.IsNaN(range) ? double.PositiveInfinity : range;
    }

    /// <summary>r += log u; c += log v. The kernel must be built again afterwards.</summary>
    public void Absorb(bool rows, bool columns)
    {
        if (rows)
        {
            AddLog(RowScaling, RowPotential);
            RowScaling.AsSpan().Fill(1);
        }

        if (columns)
        {
            AddLog(ColumnScaling, ColumnPotential);
            ColumnScaling.AsSpan().Fill(1);
        }
    }

    private static void AddLog(float[] scaling, double[] potential)
    {
        for (int i = 0; i < scaling.Length; i++)
        {
            potential[i] += Math.Log(scaling[i]);
        }
    }

    /// <summary>rᵢ = −log Σⱼ bⱼ exp(cⱼ − s Cᵢⱼ): the row half-step, safe at any s.</summary>
    public void LogRows(double scale)
    {
        LogSteps++;
        TensorPrimitives.Add(_logColumnMass, ColumnPotential, _shift.AsSpan(0, _m));
        BlockLoop.Run(_blocks, _threads, (block, _) =>
        {
            ReadOnlySpan<double> shift = _shift.AsSpan(0, _m);
            double[] terms = ArrayPool<double>.Shared.Rent(_m);
            Span<double> term = terms.AsSpan(0, _m);
            for (int i = block * BlockRows; i < Math.Min(_n, (block + 1) * BlockRows); i++)
            {
                TensorPrimitives.MultiplyAddEstimate(_cost.Row(i), -scale, shift, term);
                double max = TensorPrimitives.Max<double>(term);
                RowPotential[i] = -(max + Math.Log(SumExp(term, max)));
            }

            ArrayPool<double>.Shared.Return(terms);
        }, _cancellationToken);
    }

    /// <summary>cⱼ = −log Σᵢ aᵢ exp(rᵢ − s Cᵢⱼ): the column half-step, safe at any s.</summary>
    public void LogColumns(double scale)
    {
        LogSteps++;
        TensorPrimitives.Add(_logRowMass, RowPotential, _shift.AsSpan(0, _n));
        // First the largest term of every column, block by block; then the sum of exp(term − largest).
        BlockLoop.Run(_blocks, _threads, (block, _) =>
        {
            Span<double> largest = _blockDouble.AsSpan(block * _m, _m);
            largest.Fill(double.NegativeInfinity);
            for (int i = block * BlockRows; i < Math.Min(_n, (block + 1) * BlockRows); i++)
            {
                MaxInto(_cost.Row(i), -scale, _shift[i], largest);
            }
        }, _cancellationToken);
        Span<double> top = _blockDouble.AsSpan(0, _m);
        for (int block = 1; block < _blocks; block++)
        {
            TensorPrimitives.Max(top, _blockDouble.AsSpan(block * _m, _m), top);
        }

        TensorPrimitives.Negate<double>(top, ColumnPotential);
        BlockLoop.Run(_blocks, _threads, (block, _) =>
        {
            float* sums = _partial + ((nint)block * _stride);
            new Span<float>(sums, _stride).Clear();
            fixed (double* c = ColumnPotential)
            {
                for (int i = block * BlockRows; i < Math.Min(_n, (block + 1) * BlockRows); i++)
                {
                    fixed (double* row = _cost.Row(i))
                    {
                        ExpRow(row, c, _shift[i], scale, _m, 1, null, sums);
                    }
                }
            }
        }, _cancellationToken);
        SumPartials();
        for (int j = 0; j < _m; j++)
        {
            ColumnPotential[j] -= Math.Log(_columnSums[j]);
        }
    }

    /// <summary>Σᵢⱼ Pᵢⱼ Cᵢⱼ for P = diag(a u) K diag(b v), summed in double precision.</summary>
    public double Value()
    {
        TensorPrimitives.Multiply(_columnMass.AsSpan(0, _m), ColumnScaling, _weighted);
        BlockLoop.Run(_blocks, _threads, _value, _cancellationToken);
        double total = 0;
        for (int block = 0; block < _blocks; block++)
        {
            total += _blockDouble[block];
        }

        return total;
    }

    /// <summary>Σⱼ |vⱼ · column sumⱼ − 1| bⱼ: how far the columns are from their weights when the rows fit exactly.</summary>
    public double ColumnError(ReadOnlySpan<double> columnMass)
    {
        double error = 0;
        for (int j = 0; j < _m; j++)
        {
            error += Math.Abs(((double)ColumnScaling[j] * _columnSums[j]) - 1) * columnMass[j];
        }

        return error;
    }

    /// <summary>Σᵢ |aᵢ uᵢ Σⱼ Kᵢⱼ bⱼ vⱼ − aᵢ|: how far the rows are from their weights. Leaves u as it was, and column sums of another u.</summary>
    public double RowError(ReadOnlySpan<double> rowMass)
    {
        float[] scaling = [.. RowScaling];
        ScaleRows();
        double error = 0;
        for (int i = 0; i < _n; i++)
        {
            error += Math.Abs(((double)scaling[i] / RowScaling[i]) - 1) * rowMass[i];
        }

        scaling.CopyTo(RowScaling, 0);
        return error;
    }

    private static float* Align(float* pointer) => (float*)(((nuint)pointer + 63) & ~(nuint)63);

    private void SumPartials()
    {
        Span<float> sums = _columnSums;
        new ReadOnlySpan<float>(_partial, _stride).CopyTo(sums);
        for (int block = 1; block < _blocks; block++)
        {
            TensorPrimitives.Add(sums, new ReadOnlySpan<float>(_partial + ((nint)block * _stride), _stride), sums);
        }
    }

    private void BuildBlock(int block, int worker)
    {
        float* sums = _partial + ((nint)block * _stride);
        new Span<float>(sums, _stride).Clear();
        fixed (double* c = ColumnPotential)
        {
            for (int i = block * BlockRows; i < Math.Min(_n, (block + 1) * BlockRows); i++)
            {
                float* row = _kernel + ((nint)i * _stride);
                new Span<float>(row + _m, _stride - _m).Clear();
                fixed (double* cost = _cost.Row(i))
                {
                    ExpRow(cost, c, RowPotential[i], _scale, _m, _rowMass[i], row, sums);
                }
            }
        }
    }

    private void FusedBlock(int block, int worker)
    {
        int first = block * BlockRows, last = Math.Min(_n, first + BlockRows), i = first;
        float* sums = _partial + ((nint)block * _stride);
        new Span<float>(sums, _stride).Clear();
        fixed (float* y = _weighted, u = RowScaling, a = _rowMass)
        {
            for (; i + 4 <= last; i += 4)
            {
                FourRows(_kernel + ((nint)i * _stride), _stride, y, a + i, u + i, sums);
            }

            for (; i < last; i++)
            {
                OneRow(_kernel + ((nint)i * _stride), _stride, y, a + i, u + i, sums);
            }
        }
    }

    private void ValueBlock(int block, int worker)
    {
        double total = 0;
        fixed (float* y = _weighted)
        {
            for (int i = block * BlockRows; i < Math.Min(_n, (block + 1) * BlockRows); i++)
            {
                fixed (double* cost = _cost.Row(i))
                {
                    total += (double)_rowMass[i] * RowScaling[i] * RowValue(_kernel + ((nint)i * _stride), y, cost, _m);
                }
            }
        }

        _blockDouble[block] = total;
    }

    // The stride is a multiple of 16 floats and everything past m is 0, so no row has a tail.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(float* k, int stride, float* y, float* a, float* u, float* sums)
    {
        int w = Vector<float>.Count;
        float* k1 = k + stride, k2 = k1 + stride, k3 = k2 + stride;
        Vector<float> p0 = default, p1 = default, p2 = default, p3 = default;
        for (int j = 0; j < stride; j += w)
        {
            Vector<float> v = Vector.Load(y + j);
            p0 = Vector.MultiplyAddEstimate(Vector.Load(k + j), v, p0);
            p1 = Vector.MultiplyAddEstimate(Vector.Load(k1 + j), v, p1);
            p2 = Vector.MultiplyAddEstimate(Vector.Load(k2 + j), v, p2);
            p3 = Vector.MultiplyAddEstimate(Vector.Load(k3 + j), v, p3);
        }

        u[0] = 1 / Vector.Sum(p0);
        u[1] = 1 / Vector.Sum(p1);
        u[2] = 1 / Vector.Sum(p2);
        u[3] = 1 / Vector.Sum(p3);
        Vector<float> x0 = new(a[0] * u[0]), x1 = new(a[1] * u[1]), x2 = new(a[2] * u[2]), x3 = new(a[3] * u[3]);
        for (int j = 0; j < stride; j += w)
        {
            Vector<float> left = Vector.MultiplyAddEstimate(Vector.Load(k + j), x0, Vector.Load(k1 + j) * x1);
            Vector<float> right = Vector.MultiplyAddEstimate(Vector.Load(k2 + j), x2, Vector.Load(k3 + j) * x3);
            (Vector.Load(sums + j) + (left + right)).Store(sums + j);
        }
    }

    private static void OneRow(float* k, int stride, float* y, float* a, float* u, float* sums)
    {
        int w = Vector<float>.Count;
        Vector<float> p = default;
        for (int j = 0; j < stride; j += w)
        {
            p = Vector.MultiplyAddEstimate(Vector.Load(k + j), Vector.Load(y + j), p);
        }

        u[0] = 1 / Vector.Sum(p);
        Vector<float> x = new(a[0] * u[0]);
        for (int j = 0; j < stride; j += w)
        {
            Vector.MultiplyAddEstimate(Vector.Load(k + j), x, Vector.Load(sums + j)).Store(sums + j);
        }
    }

    /// <summary>Σⱼ kⱼ yⱼ costⱼ: products of two singles are exact in double precision.</summary>
    private static double RowValue(float* k, float* y, double* cost, int m)
    {
        int w = Vector<float>.Count, half = Vector<double>.Count, j = 0;
        Vector<double> low = default, high = default;
        for (; j + w <= m; j += w)
        {
            Vector.Widen(Vector.Load(k + j), out Vector<double> k0, out Vector<double> k1);
            Vector.Widen(Vector.Load(y + j), out Vector<double> y0, out Vector<double> y1);
            low += k0 * y0 * Vector.Load(cost + j);
            high += k1 * y1 * Vector.Load(cost + j + half);
        }

        double sum = Vector.Sum(low + high);
        for (; j < m; j++)
        {
            sum += (double)k[j] * y[j] * cost[j];
        }

        return sum;
    }

    private static void MaxInto(ReadOnlySpan<double> cost, double scale, double shift, Span<double> largest)
    {
        fixed (double* c = cost, top = largest)
        {
            int w = Vector<double>.Count, j = 0;
            Vector<double> s = new(scale), a = new(shift);
            for (; j + w <= cost.Length; j += w)
            {
                Vector.Max(Vector.Load(top + j), Vector.MultiplyAddEstimate(Vector.Load(c + j), s, a)).Store(top + j);
            }

            for (; j < cost.Length; j++)
            {
                top[j] = Math.Max(top[j], (c[j] * scale) + shift);
            }
        }
    }

    private static double SumExp(ReadOnlySpan<double> terms, double max)
    {
        fixed (double* t = terms)
        {
            int w = Vector<float>.Count, half = Vector<double>.Count, j = 0;
            Vector<double> top = new(max);
            Vector<float> sum = default;
            for (; j + w <= terms.Length; j += w)
            {
                sum += Exp(Vector.Narrow(Vector.Load(t + j) - top, Vector.Load(t + j + half) - top));
            }

            double total = Vector.Sum(sum);
            for (; j < terms.Length; j++)
            {
                total += Exp(t[j] - max);
            }

            return total;
        }
    }

    /// <summary>kⱼ = exp(shift + cⱼ − scale · costⱼ), stored where asked, and weight · kⱼ added to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ExpRow(double* cost, double* c, double shift, double scale, int m, float weight, float* kernel, float* sums)
    {
        int w = Vector<float>.Count, half = Vector<double>.Count, j = 0;
        Vector<double> r = new(shift), s = new(-scale);
        Vector<float> a = new(weight);
        for (; j + w <= m; j += w)
        {
            Vector<double> low = Vector.MultiplyAddEstimate(Vector.Load(cost + j), s, r + Vector.Load(c + j));
            Vector<double> high = Vector.MultiplyAddEstimate(Vector.Load(cost + j + half), s, r + Vector.Load(c + j + half));
            Vector<float> k = Exp(Vector.Narrow(low, high));
            if (kernel != null)
            {
                k.Store(kernel + j);
            }

            Vector.MultiplyAddEstimate(k, a, Vector.Load(sums + j)).Store(sums + j);
        }

        for (; j < m; j++)
        {
            float k = Exp((cost[j] * -scale) + (shift + c[j]));
            if (kernel != null)
            {
                kernel[j] = k;
            }

            sums[j] += weight * k;
        }
    }

    private static float Exp(double x) => x < Underflow ? 0 : (float)Math.Exp(Math.Min(x, Clamp));

    /// <summary>e to the x, lane by lane, to about one unit in the last place; 0 below e⁻⁸⁷·³, e⁸⁰ above e⁸⁰.</summary>
    /// <remarks>x = k ln 2 + t with |t| at most ln 2 / 2; eᵗ by a polynomial of degree 7 (Taylor: the next term is below 2⁻²⁴ · 0.2), the exponent bits take k.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exp(Vector<float> x)
    {
        Vector<float> magic = new(12582912f); // 1.5 · 2²³: adding it rounds to the nearest integer and leaves that in the low bits
        Vector<int> alive = Vector.GreaterThanOrEqual(x, new Vector<float>(Underflow));
        x = Vector.Min(Vector.Max(x, new Vector<float>(Underflow)), new Vector<float>(Clamp));
        Vector<float> z = Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), magic), k = z - magic;
        Vector<float> t = Vector.MultiplyAddEstimate(k, new Vector<float>(-0.693359375f), x);
        t = Vector.MultiplyAddEstimate(k, new Vector<float>(2.12194440e-4f), t);
        Vector<float> p = Vector.MultiplyAddEstimate(t, new Vector<float>(1f / 5040), new Vector<float>(1f / 720));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(1f / 120));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(1f / 24));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(1f / 6));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f));
        p = Vector.MultiplyAddEstimate(p, t, Vector<float>.One);
        p = Vector.MultiplyAddEstimate(p, t, Vector<float>.One);
        Vector<int> bits = Vector.AsVectorInt32(p) + Vector.ShiftLeft(Vector.AsVectorInt32(z), 23);
        return Vector.AsVectorSingle(bits & alive);
    }
}
