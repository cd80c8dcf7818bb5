using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(64)]
    public void Solves_what_was_multiplied(int n)
    {
        float[] x = MatrixProductTests.Numbers("chol", (n + 3) * n), truth = MatrixProductTests.Numbers("truth", n);
        double[] a = new double[n * n], b = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int r = 0; r < n + 3; r++)
                {
                    a[(i * n) + j] += (double)x[(r * n) + i] * x[(r * n) + j];
                }

                a[(i * n) + j] += i == j ? 0.1 : 0;
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                b[i] += a[(i * n) + j] * truth[j];
            }
        }

        double[] original = [.. a];
        Assert.True(Cholesky.TryFactor(a, n));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int p = 0; p <= j; p++)
                {
                    sum += a[(i * n) + p] * a[(j * n) + p];
                }

                Assert.Equal(original[(i * n) + j], sum, 1e-10 * n);
            }

            Assert.Equal(original[((i * n) + i)..((i + 1) * n)].Skip(1), a[((i * n) + i)..((i + 1) * n)].Skip(1)); // upper triangle untouched
        }

        Cholesky.Solve(a, n, b);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(truth[i], b[i], 1e-8);
        }
    }

    [Fact]
    public void Log_determinant_of_a_worked_example()
    {
        double[] a = [4, 0, 2, 10]; // upper entry is not read; det = 4·10 − 2·2 = 36
        Assert.True(Cholesky.TryFactor(a, 2));
        Assert.Equal(Math.Log(36), Cholesky.LogDeterminant(a, 2), 1e-14);
    }

    [Fact]
    public void What_is_not_positive_definite_is_refused()
    {
        Assert.False(Cholesky.TryFactor([1, 2, 2, 1], 2));
        Assert.False(Cholesky.TryFactor([0], 1));
        Assert.False(Cholesky.TryFactor([double.NaN], 1));
        Assert.True(Cholesky.TryFactor([], 0));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve([1], 1, new double[2]));
    }
}
