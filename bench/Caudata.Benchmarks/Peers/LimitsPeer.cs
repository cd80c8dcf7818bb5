using Caudata.Numerics;

namespace Caudata.Benchmarks.Peers;

/// <summary>The matrix product, by which other times are judged.</summary>
internal sealed class LimitsPeer : IPeer
{
    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        const int N = 2048;
        RandomStream random = new(1, "limits");
        float[] a = new float[N * N], b = new float[N * N], c = new float[N * N];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = (float)random.NextNormal();
            b[i] = (float)random.NextNormal();
        }

        yield return new PeerWork("float product 2048^3", "sgemm 2048", () =>
        {
            MatrixProduct.Multiply(a, b, c, N, N, N, context.Threads);
            return c[0];
        });
        yield return new PeerWork("float product by the transpose 2048^3", "sgemm 2048", () =>
        {
            MatrixProduct.MultiplyTransposed(a, b, c, N, N, N, context.Threads);
            return c[0];
        });
        yield return new PeerWork("float product 2048^3, system's OpenBLAS where installed", "sgemm 2048", () =>
        {
            MatrixProduct.Multiply(a, b, c, N, N, N, context.Threads, MatrixBackend.OpenBlasWhenPresent);
            return c[0];
        });
    }
}
