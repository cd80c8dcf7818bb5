using System.Buffers;

namespace Caudata.Numerics;

/// <summary>Which code multiplies matrices.</summary>
public enum MatrixBackend
{
    /// <summary>The kernels of this library: no native code, the same bytes for every number of threads. The default.</summary>
    Managed,

    /// <summary>The system's OpenBLAS (<c>libopenblas.so.0</c>) where it is installed, else <see cref="Managed"/>. The bytes then depend on that library and its number of threads.</summary>
    OpenBlasWhenPresent,
}

/// <summary>Single-precision matrix products on row-major spans.</summary>
/// <remarks>
/// <para>The right matrix is packed into strips as wide as the registers, the left one is walked in row blocks that stay in the second-level cache, and a register-blocked
/// kernel of fused multiply-adds does the work: the layered scheme of [goto2008] Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS 34(3), 2008).</para>
/// <para>Every element is the sum of fused multiply-adds in rising order of the inner index, in inner blocks of 256: so the bytes do not depend on the number of threads,
/// nor on the width of the machine's vectors. Cost: 2·m·n·k operations; extra memory: at most 16 MiB plus one small block a thread.</para>
/// </remarks>
public static unsafe class MatrixProduct
{
    private const int PanelFloats = 4 << 20;

    /// <summary>C = A·B.</summary>
    /// <param name="a">A, m × k, row-major.</param>
    /// <param name="b">B, k × n, row-major.</param>
    /// <param name="c">C, m × n, row-major; overwritten. Must not overlap A or B.</param>
    /// <param name="m">Rows of A and C, at least 0.</param>
    /// <param name="n">Columns of B and C, at least 0.</param>
    /// <param name="k">Columns of A and rows of B, at least 0; with 0, C is all zeros.</param>
    /// <param name="threads">Most threads to use, at least 1. Default 1. The result does not depend on it.</param>
    /// <param name="backend">Which code does it; default <see cref="MatrixBackend.Managed"/>.</param>
    /// <exception cref="ArgumentException">A span's length is not what the shape asks for.</exception>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int n, int k, int threads = 1, MatrixBackend backend = MatrixBackend.Managed) =>
        Run(a, b, c, m, n, k, false, threads, backend);

    /// <summary>C = A·Bᵀ: every row of A against every row of B.</summary>
    /// <param name="a">A, m × k, row-major.</param>
    /// <param name="b">B, n × k, row-major.</param>
    /// <param name="c">C, m × n, row-major; overwritten. Must not overlap A or B.</param>
    /// <param name="m">Rows of A and C, at least 0.</param>
    /// <param name="n">Rows of B and columns of C, at least 0.</param>
    /// <param name="k">Columns of A and of B, at least 0; with 0, C is all zeros.</param>
    /// <param name="threads">Most threads to use, at least 1. Default 1. The result does not depend on it.</param>
    /// <param name="backend">Which code does it; default <see cref="MatrixBackend.Managed"/>.</param>
    /// <exception cref="ArgumentException">A span's length is not what the shape asks for.</exception>
    public static void MultiplyTransposed(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int n, int k, int threads = 1, MatrixBackend backend = MatrixBackend.Managed) =>
        Run(a, b, c, m, n, k, true, threads, backend);

    private static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int n, int k, bool transposed, int threads, MatrixBackend backend)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Check(a.Length, m, k, nameof(a));
        Check(b.Length, transposed ? n : k, transposed ? k : n, nameof(b));
        Check(c.Length, m, n, nameof(c));
        if (c.IsEmpty)
        {
            return;
        }

        if (k == 0)
        {
            c.Clear();
            return;
        }

        fixed (float* pa = a, pb = b, pc = c)
        {
            if (backend == MatrixBackend.OpenBlasWhenPresent && OpenBlas.IsPresent)
            {
                OpenBlas.Multiply(pa, pb, pc, m, n, k, transposed, threads);
                return;
            }

            Run(pa, pb, pc, m, n, k, transposed, threads);
        }
    }

    private static void Run(float* a, float* b, float* c, int m, int n, int k, bool transposed, int threads)
    {
        int strip = GemmKernel.Columns;
        int width = (int)Math.Min(GemmKernel.Strips(n) * (long)strip, Math.Max(strip, PanelFloats / k / strip * strip));
        int rows = GemmKernel.BlockRows, blocks = (int)(((long)m + rows - 1) / rows), workers = Math.Min(threads, blocks);
        // Packing A pays when each row meets many columns; with few, its rows are read where they lie.
        bool packA = n > 512;
        float[] panel = ArrayPool<float>.Shared.Rent(checked(width * k) + GemmKernel.Slack);
        float[] left = packA ? ArrayPool<float>.Shared.Rent((workers * rows * GemmKernel.Depth) + GemmKernel.Slack) : [];
        try
        {
            fixed (float* rawPanel = panel, rawLeft = left)
            {
                nint pack = (nint)GemmKernel.Align(rawPanel), packLeft = packA ? (nint)GemmKernel.Align(rawLeft) : 0, pa = (nint)a, pb = (nint)b, pc = (nint)c;
                for (int j = 0; j < n; j += width)
                {
                    int columns = Math.Min(width, n - j), from = j;
                    BlockLoop.Run(GemmKernel.Strips(columns), threads, (s, _) =>
                    {
                        int first = from + (s * strip), count = Math.Min(strip, from + columns - first);
                        float* target = (float*)pack + ((long)s * strip * k);
                        if (transposed)
                        {
                            GemmKernel.PackTransposed((float*)pb + ((long)first * k), k, count, k, target);
                        }
                        else
                        {
                            GemmKernel.Pack((float*)pb + first, n, count, k, target);
                        }
                    });
                    BlockLoop.Run(blocks, threads, (block, worker) =>
                    {
                        int first = block * rows, count = Math.Min(rows, m - first);
                        GemmKernel.Multiply((float*)pa + ((long)first * k), k, count, k, (float*)pack, columns, (float*)pc + ((long)first * n) + from, n,
                            packA ? (float*)packLeft + ((long)worker * rows * GemmKernel.Depth) : null);
                    });
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(panel);
            if (packA)
            {
                ArrayPool<float>.Shared.Return(left);
            }
        }
    }

    private static void Check(int found, int rows, int columns, string name)
    {
        if (found != (long)rows * columns)
        {
            throw new ArgumentException($"The span holds {found} numbers, but a {rows} × {columns} matrix has {(long)rows * columns}. Pass exactly the matrix, row after row.", name);
        }
    }
}
