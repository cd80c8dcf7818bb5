using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Caudata.Numerics;

/// <summary>The packed, register-blocked inner part of the matrix product, shared by everything that meets many rows with many rows.</summary>
/// <remarks>
/// The right matrix lies in strips of <see cref="Columns"/> columns, each strip holding for every inner index its columns side by side, zero-padded. Two kernels of one shape,
/// 6 × 16 for 256-bit and 12 × 32 for 512-bit vectors; where neither is in hardware the runtime emulates the first. Both add in the same order, so their bytes agree.
/// </remarks>
internal static unsafe class GemmKernel
{
    /// <summary>Inner indices taken at once: a strip of that depth stays in the first-level cache.</summary>
    internal const int Depth = 256;

    /// <summary>Rows of the left matrix taken at once: with <see cref="Depth"/> they stay in the second-level cache. A multiple of both kernels' rows.</summary>
    internal const int BlockRows = 120;

    /// <summary>Floats to add to a buffer so that <see cref="Align"/> has room.</summary>
    internal const int Slack = 16;

    private static readonly bool Wide = Vector512.IsHardwareAccelerated;

    /// <summary>Columns in a strip.</summary>
    internal static int Columns => Wide ? 32 : 16;

    private static int Rows => Wide ? 12 : 6;

    /// <summary>Strips that hold <paramref name="columns"/> columns.</summary>
    internal static int Strips(int columns) => (int)(((long)columns + Columns - 1) / Columns);

    /// <summary>The first 64-byte boundary at or after the pointer.</summary>
    internal static float* Align(float* p) => (float*)(((nuint)p + 63) & ~(nuint)63);

    /// <summary>Packs one strip of columns of a row-major matrix.</summary>
    internal static void Pack(float* source, nint stride, int count, int depth, float* target)
    {
        int columns = Columns;
        for (int p = 0; p < depth; p++, source += stride, target += columns)
        {
            Unsafe.CopyBlockUnaligned(target, source, (uint)count * sizeof(float));
            for (int j = count; j < columns; j++)
            {
                target[j] = 0;
            }
        }
    }

    /// <summary>Packs one strip whose columns are the rows of a row-major matrix.</summary>
    internal static void PackTransposed(float* source, nint stride, int count, int depth, float* target)
    {
        int columns = Columns;
        for (int j = 0; j < columns; j++)
        {
            float* to = target + j;
            if (j < count)
            {
                float* from = source + (j * stride);
                for (int p = 0; p < depth; p++, to += columns)
                {
                    *to = from[p];
                }
            }
            else
            {
                for (int p = 0; p < depth; p++, to += columns)
                {
                    *to = 0;
                }
            }
        }
    }

    /// <summary>C = A·B for a block of at most <see cref="BlockRows"/> rows of A against a packed B.</summary>
    /// <param name="a">First row of A.</param>
    /// <param name="lda">Floats from one row of A to the next.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="depth">Inner size.</param>
    /// <param name="packed">B in strips, each of the full depth.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">First element of C.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <param name="scratch">Room for rows × <see cref="Depth"/> floats to pack A into, or null to read A where it lies.</param>
    internal static void Multiply(float* a, nint lda, int rows, int depth, float* packed, int columns, float* c, nint ldc, float* scratch)
    {
        int mr = Rows, nr = Columns, strips = Strips(columns);
        float* tile = stackalloc float[12 * 32];
        for (int p = 0; p < depth; p += Depth)
        {
            int deep = Math.Min(Depth, depth - p);
            if (scratch != null)
            {
                PackRows(a + p, lda, rows, deep, scratch);
            }

            for (int s = 0; s < strips; s++)
            {
                float* b = packed + ((long)s * nr * depth) + ((long)p * nr);
                int wide = Math.Min(nr, columns - (s * nr));
                for (int i = 0; i < rows; i += mr)
                {
                    int tall = Math.Min(mr, rows - i);
                    float* target = c + (i * ldc) + (s * nr);
                    if (tall == mr && wide == nr)
                    {
                        if (scratch != null)
                        {
                            Tile(scratch + ((long)i * deep), 1, mr, b, target, ldc, deep, p > 0);
                        }
                        else
                        {
                            Tile(a + p + (i * lda), lda, 1, b, target, ldc, deep, p > 0);
                        }

                        continue;
                    }

                    if (scratch != null)
                    {
                        Tile(scratch + ((long)i * deep), 1, mr, b, tile, nr, deep, false);
                    }
                    else if (tall == mr)
                    {
                        Tile(a + p + (i * lda), lda, 1, b, tile, nr, deep, false);
                    }
                    else
                    {
                        // Too few rows for the kernel: one at a time, the kernel's rows all reading the same one.
                        float* line = tile;
                        for (int r = 0; r < tall; r++, line += nr)
                        {
                            Line(a + p + ((i + r) * lda), b, line, deep);
                        }
                    }

                    for (int r = 0; r < tall; r++)
                    {
                        for (int j = 0; j < wide; j++)
                        {
                            target[(r * ldc) + j] = p > 0 ? target[(r * ldc) + j] + tile[(r * nr) + j] : tile[(r * nr) + j];
                        }
                    }
                }
            }
        }
    }

    /// <summary>Packs rows into groups of the kernel's height, for every inner index the group's rows side by side, zero-padded.</summary>
    private static void PackRows(float* a, nint lda, int rows, int depth, float* target)
    {
        int mr = Rows;
        for (int i = 0; i < rows; i += mr, target += (long)mr * depth)
        {
            for (int r = 0; r < mr; r++)
            {
                float* to = target + r;
                if (i + r < rows)
                {
                    float* from = a + ((i + r) * lda);
                    for (int p = 0; p < depth; p++, to += mr)
                    {
                        *to = from[p];
                    }
                }
                else
                {
                    for (int p = 0; p < depth; p++, to += mr)
                    {
                        *to = 0;
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(float* a, nint rowStep, nint step, float* b, float* c, nint ldc, int depth, bool add)
    {
        if (Wide)
        {
            Tile12X32(a, rowStep, step, b, c, ldc, depth, add);
        }
        else
        {
            Tile6X16(a, rowStep, step, b, c, ldc, depth, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line(float* a, float* b, float* c, int depth)
    {
        int columns = Columns;
        for (int j = 0; j < columns; j += 16)
        {
            Vector256<float> low = default, high = default;
            float* from = b + j;
            for (int p = 0; p < depth; p++, from += columns)
            {
                Vector256<float> x = Vector256.Create(a[p]);
                low = Vector256.FusedMultiplyAdd(x, Vector256.Load(from), low);
                high = Vector256.FusedMultiplyAdd(x, Vector256.Load(from + 8), high);
            }

            low.Store(c + j);
            high.Store(c + j + 8);
        }
    }

    /// <summary>Six rows by sixteen columns in twelve 256-bit accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6X16(float* a, nint rowStep, nint step, float* b, float* c, nint ldc, int depth, bool add)
    {
        Vector256<float> c0l = default, c0h = default;
        Vector256<float> c1l = default, c1h = default;
        Vector256<float> c2l = default, c2h = default;
        Vector256<float> c3l = default, c3h = default;
        Vector256<float> c4l = default, c4h = default;
        Vector256<float> c5l = default, c5h = default;
        float* a3 = a + (3 * rowStep);
        nint rowStep2 = 2 * rowStep;
        for (int p = 0; p < depth; p++)
        {
            Vector256<float> low = Vector256.Load(b), high = Vector256.Load(b + 8), x;
            x = Vector256.Create(*a);
            c0l = Vector256.FusedMultiplyAdd(x, low, c0l);
            c0h = Vector256.FusedMultiplyAdd(x, high, c0h);
            x = Vector256.Create(a[rowStep]);
            c1l = Vector256.FusedMultiplyAdd(x, low, c1l);
            c1h = Vector256.FusedMultiplyAdd(x, high, c1h);
            x = Vector256.Create(a[rowStep2]);
            c2l = Vector256.FusedMultiplyAdd(x, low, c2l);
            c2h = Vector256.FusedMultiplyAdd(x, high, c2h);
            x = Vector256.Create(*a3);
            c3l = Vector256.FusedMultiplyAdd(x, low, c3l);
            c3h = Vector256.FusedMultiplyAdd(x, high, c3h);
            x = Vector256.Create(a3[rowStep]);
            c4l = Vector256.FusedMultiplyAdd(x, low, c4l);
            c4h = Vector256.FusedMultiplyAdd(x, high, c4h);
            x = Vector256.Create(a3[rowStep2]);
            c5l = Vector256.FusedMultiplyAdd(x, low, c5l);
            c5h = Vector256.FusedMultiplyAdd(x, high, c5h);
            b += 16;
            a += step;
            a3 += step;
        }

        if (add)
        {
            c0l += Vector256.Load(c);
            c0h += Vector256.Load(c + 8);
            c1l += Vector256.Load(c + (1 * ldc));
            c1h += Vector256.Load(c + (1 * ldc) + 8);
            c2l += Vector256.Load(c + (2 * ldc));
            c2h += Vector256.Load(c + (2 * ldc) + 8);
            c3l += Vector256.Load(c + (3 * ldc));
            c3h += Vector256.Load(c + (3 * ldc) + 8);
            c4l += Vector256.Load(c + (4 * ldc));
            c4h += Vector256.Load(c + (4 * ldc) + 8);
            c5l += Vector256.Load(c + (5 * ldc));
            c5h += Vector256.Load(c + (5 * ldc) + 8);
        }

        c0l.Store(c);
        c0h.Store(c + 8);
        c1l.Store(c + (1 * ldc));
        c1h.Store(c + (1 * ldc) + 8);
        c2l.Store(c + (2 * ldc));
        c2h.Store(c + (2 * ldc) + 8);
        c3l.Store(c + (3 * ldc));
        c3h.Store(c + (3 * ldc) + 8);
        c4l.Store(c + (4 * ldc));
        c4h.Store(c + (4 * ldc) + 8);
        c5l.Store(c + (5 * ldc));
        c5h.Store(c + (5 * ldc) + 8);
    }

    /// <summary>Twelve rows by thirty-two columns in twenty-four 512-bit accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12X32(float* a, nint rowStep, nint step, float* b, float* c, nint ldc, int depth, bool add)
    {
        Vector512<float> c0l = default, c0h = default;
        Vector512<float> c1l = default, c1h = default;
        Vector512<float> c2l = default, c2h = default;
        Vector512<float> c3l = default, c3h = default;
        Vector512<float> c4l = default, c4h = default;
        Vector512<float> c5l = default, c5h = default;
        Vector512<float> c6l = default, c6h = default;
        Vector512<float> c7l = default, c7h = default;
        Vector512<float> c8l = default, c8h = default;
        Vector512<float> c9l = default, c9h = default;
        Vector512<float> c10l = default, c10h = default;
        Vector512<float> c11l = default, c11h = default;
        float* a3 = a + (3 * rowStep);
        float* a6 = a + (6 * rowStep);
        float* a9 = a + (9 * rowStep);
        nint rowStep2 = 2 * rowStep;
        for (int p = 0; p < depth; p++)
        {
            Vector512<float> low = Vector512.Load(b), high = Vector512.Load(b + 16), x;
            x = Vector512.Create(*a);
            c0l = Vector512.FusedMultiplyAdd(x, low, c0l);
            c0h = Vector512.FusedMultiplyAdd(x, high, c0h);
            x = Vector512.Create(a[rowStep]);
            c1l = Vector512.FusedMultiplyAdd(x, low, c1l);
            c1h = Vector512.FusedMultiplyAdd(x, high, c1h);
            x = Vector512.Create(a[rowStep2]);
            c2l = Vector512.FusedMultiplyAdd(x, low, c2l);
            c2h = Vector512.FusedMultiplyAdd(x, high, c2h);
            x = Vector512.Create(*a3);
            c3l = Vector512.FusedMultiplyAdd(x, low, c3l);
            c3h = Vector512.FusedMultiplyAdd(x, high, c3h);
            x = Vector512.Create(a3[rowStep]);
            c4l = Vector512.FusedMultiplyAdd(x, low, c4l);
            c4h = Vector512.FusedMultiplyAdd(x, high, c4h);
            x = Vector512.Create(a3[rowStep2]);
            c5l = Vector512.FusedMultiplyAdd(x, low, c5l);
            c5h = Vector512.FusedMultiplyAdd(x, high, c5h);
            x = Vector512.Create(*a6);
            c6l = Vector512.FusedMultiplyAdd(x, low, c6l);
            c6h = Vector512.FusedMultiplyAdd(x, high, c6h);
            x = Vector512.Create(a6[rowStep]);
            c7l = Vector512.FusedMultiplyAdd(x, low, c7l);
            c7h = Vector512.FusedMultiplyAdd(x, high, c7h);
            x = Vector512.Create(a6[rowStep2]);
            c8l = Vector512.FusedMultiplyAdd(x, low, c8l);
            c8h = Vector512.FusedMultiplyAdd(x, high, c8h);
            x = Vector512.Create(*a9);
            c9l = Vector512.FusedMultiplyAdd(x, low, c9l);
            c9h = Vector512.FusedMultiplyAdd(x, high, c9h);
            x = Vector512.Create(a9[rowStep]);
            c10l = Vector512.FusedMultiplyAdd(x, low, c10l);
            c10h = Vector512.FusedMultiplyAdd(x, high, c10h);
            x = Vector512.Create(a9[rowStep2]);
            c11l = Vector512.FusedMultiplyAdd(x, low, c11l);
            c11h = Vector512.FusedMultiplyAdd(x, high, c11h);
            b += 32;
            a += step;
            a3 += step;
            a6 += step;
            a9 += step;
        }

        if (add)
        {
            c0l += Vector512.Load(c);
            c0h += Vector512.Load(c + 16);
            c1l += Vector512.Load(c + (1 * ldc));
            c1h += Vector512.Load(c + (1 * ldc) + 16);
            c2l += Vector512.Load(c + (2 * ldc));
            c2h += Vector512.Load(c + (2 * ldc) + 16);
            c3l += Vector512.Load(c + (3 * ldc));
            c3h += Vector512.Load(c + (3 * ldc) + 16);
            c4l += Vector512.Load(c + (4 * ldc));
            c4h += Vector512.Load(c + (4 * ldc) + 16);
            c5l += Vector512.Load(c + (5 * ldc));
            c5h += Vector512.Load(c + (5 * ldc) + 16);
            c6l += Vector512.Load(c + (6 * ldc));
            c6h += Vector512.Load(c + (6 * ldc) + 16);
            c7l += Vector512.Load(c + (7 * ldc));
            c7h += Vector512.Load(c + (7 * ldc) + 16);
            c8l += Vector512.Load(c + (8 * ldc));
            c8h += Vector512.Load(c + (8 * ldc) + 16);
            c9l += Vector512.Load(c + (9 * ldc));
            c9h += Vector512.Load(c + (9 * ldc) + 16);
            c10l += Vector512.Load(c + (10 * ldc));
            c10h += Vector512.Load(c + (10 * ldc) + 16);
            c11l += Vector512.Load(c + (11 * ldc));
            c11h += Vector512.Load(c + (11 * ldc) + 16);
        }

        c0l.Store(c);
        c0h.Store(c + 16);
        c1l.Store(c + (1 * ldc));
        c1h.Store(c + (1 * ldc) + 16);
        c2l.Store(c + (2 * ldc));
        c2h.Store(c + (2 * ldc) + 16);
        c3l.Store(c + (3 * ldc));
        c3h.Store(c + (3 * ldc) + 16);
        c4l.Store(c + (4 * ldc));
        c4h.Store(c + (4 * ldc) + 16);
        c5l.Store(c + (5 * ldc));
        c5h.Store(c + (5 * ldc) + 16);
        c6l.Store(c + (6 * ldc));
        c6h.Store(c + (6 * ldc) + 16);
        c7l.Store(c + (7 * ldc));
        c7h.Store(c + (7 * ldc) + 16);
        c8l.Store(c + (8 * ldc));
        c8h.Store(c + (8 * ldc) + 16);
        c9l.Store(c + (9 * ldc));
        c9h.Store(c + (9 * ldc) + 16);
        c10l.Store(c + (10 * ldc));
        c10h.Store(c + (10 * ldc) + 16);
        c11l.Store(c + (11 * ldc));
        c11h.Store(c + (11 * ldc) + 16);
    }
}
