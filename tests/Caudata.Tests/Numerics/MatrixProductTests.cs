using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 17, 3 }, { 6, 16, 8 }, { 7, 15, 5 }, { 12, 32, 256 }, { 13, 33, 257 }, { 121, 49, 300 }, { 5, 600, 40 }, { 130, 530, 513 }, { 241, 1, 64 }, { 3, 2000, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_products_agree_with_the_definition(int m, int n, int k)
    {
        float[] a = Numbers("a", m * k), b = Numbers("b", k * n), bt = new float[n * k], c = new float[m * n], ct = new float[m * n];
        for (int p = 0; p < k; p++)
        {
            for (int j = 0; j < n; j++)
            {
                bt[(j * k) + p] = b[(p * n) + j];
            }
        }

        Array.Fill(c, float.NaN);
        MatrixProduct.Multiply(a, b, c, m, n, k);
        MatrixProduct.MultiplyTransposed(a, bt, ct, m, n, k);
        Assert.Equal(c, ct);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0, size = 0;
                for (int p = 0; p < k; p++)
                {
                    double term = (double)a[(i * k) + p] * b[(p * n) + j];
                    sum += term;
                    size += Math.Abs(term);
                }

                Assert.Equal(sum, c[(i * n) + j], (1e-6 * size) + 1e-30);
            }
        }
    }

    [Fact]
    public void Whole_numbers_come_out_exactly()
    {
        const int M = 37, N = 70, K = 300;
        RandomStream random = new(3, "whole");
        float[] a = new float[M * K], b = new float[N * K], c = new float[M * N];
        foreach (float[] x in (float[][])[a, b])
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = random.NextInt32(21) - 10;
            }
        }

        MatrixProduct.MultiplyTransposed(a, b, c, M, N, K);
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                int sum = 0;
                for (int p = 0; p < K; p++)
                {
                    sum += (int)a[(i * K) + p] * (int)b[(j * K) + p];
                }

                Assert.Equal(sum, c[(i * N) + j]);
            }
        }
    }

    [Theory]
    [InlineData(250, 70, 300)]
    [InlineData(250, 700, 300)]
    public void The_bytes_are_the_same_on_one_and_on_eight_threads(int m, int n, int k)
    {
        float[] a = Numbers("a", m * k), b = Numbers("b", n * k), one = new float[m * n], eight = new float[m * n];
        MatrixProduct.MultiplyTransposed(a, b, one, m, n, k);
        MatrixProduct.MultiplyTransposed(a, b, eight, m, n, k, 8);
        Assert.Equal(one, eight);
        MatrixProduct.Multiply(a, b, one, m, n, k);
        MatrixProduct.Multiply(a, b, eight, m, n, k, 8);
        Assert.Equal(one, eight);
    }

    [Fact]
    public void A_row_gives_the_same_bytes_wherever_it_stands()
    {
        // The last rows of a block take another path through the kernel.
        const int N = 40, K = 300;
        float[] a = Numbers("a", 25 * K), b = Numbers("b", N * K), all = new float[25 * N], single = new float[N];
        MatrixProduct.MultiplyTransposed(a, b, all, 25, N, K);
        for (int i = 0; i < 25; i++)
        {
            MatrixProduct.MultiplyTransposed(a.AsSpan(i * K, K), b, single, 1, N, K);
            Assert.Equal(single, all[(i * N)..((i + 1) * N)]);
        }
    }

    [Fact]
    public void An_inner_size_of_zero_gives_zeros_and_no_rows_give_nothing()
    {
        float[] c = [1, 2, 3, 4];
        MatrixProduct.Multiply([], [], c, 2, 2, 0);
        Assert.Equal([0, 0, 0, 0], c);
        MatrixProduct.MultiplyTransposed([], [1, 2], [], 0, 2, 1);
    }

    [Fact]
    public void A_wrong_length_is_named_with_what_was_found_and_expected()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[5], new float[6], new float[4], 2, 2, 3));
        Assert.Contains("5 numbers", e.Message, StringComparison.Ordinal);
        Assert.Contains("2 × 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_native_library_agrees_where_it_is_installed()
    {
        if (!OpenBlas.IsPresent)
        {
            Assert.Skip("libopenblas.so.0 is not installed");
        }

        const int M = 33, N = 50, K = 70;
        float[] a = Numbers("a", M * K), b = Numbers("b", N * K), ours = new float[M * N], theirs = new float[M * N];
        MatrixProduct.MultiplyTransposed(a, b, ours, M, N, K);
        MatrixProduct.MultiplyTransposed(a, b, theirs, M, N, K, 2, MatrixBackend.OpenBlasWhenPresent);
        Assert.Equal(ours, theirs, (x, y) => Math.Abs(x - y) < 1e-4);
        MatrixProduct.Multiply(a, b, ours, M, N, K);
        MatrixProduct.Multiply(a, b, theirs, M, N, K, 1, MatrixBackend.OpenBlasWhenPresent);
        Assert.Equal(ours, theirs, (x, y) => Math.Abs(x - y) < 1e-4);
    }

    [Fact]
    public void Blocks_run_once_each_on_any_number_of_threads_and_stop_when_cancelled()
    {
        int[] times = new int[1000];
        BlockLoop.Run(times.Length, 8, (i, worker) =>
        {
            Assert.InRange(worker, 0, 7);
            Interlocked.Increment(ref times[i]);
        });
        Assert.All(times, t => Assert.Equal(1, t));
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() => BlockLoop.Run(100, 1, (i, _) => { if (i == 5) { source.Cancel(); } }, source.Token));
        using CancellationTokenSource second = new();
        Assert.ThrowsAny<OperationCanceledException>(() => BlockLoop.Run(100_000, 4, (i, _) => { if (i == 5) { second.Cancel(); } }, second.Token));
    }

    internal static float[] Numbers(string name, int count)
    {
        RandomStream random = new(1, name);
        float[] x = new float[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = (float)random.NextNormal();
        }

        return x;
    }
}
