using System.Runtime.InteropServices;

namespace Caudata.Numerics;

/// <summary>The system's OpenBLAS, loaded on first use and only where it is installed; nothing needs it.</summary>
internal static unsafe class OpenBlas
{
    private const int RowMajor = 101, NoTranspose = 111, Transpose = 112;

    private static readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Sgemm;
    private static readonly delegate* unmanaged[Cdecl]<int, void> SetThreads;
    private static readonly Lock Gate = new();

    static OpenBlas()
    {
        foreach (string name in (string[])["libopenblas.so.0", "libopenblas.dylib", "libopenblas.dll"])
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "cblas_sgemm", out nint sgemm)
                && NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out nint threads))
            {
                Sgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)sgemm;
                SetThreads = (delegate* unmanaged[Cdecl]<int, void>)threads;
                return;
            }
        }
    }

    /// <summary>Whether the library was found on this machine.</summary>
    internal static bool IsPresent => Sgemm != null;

    /// <summary>C = A·B or A·Bᵀ. One call at a time, because the number of threads is the library's global state.</summary>
    internal static void Multiply(float* a, float* b, float* c, int m, int n, int k, bool transposed, int threads)
    {
        lock (Gate)
        {
            SetThreads(threads);
            Sgemm(RowMajor, NoTranspose, transposed ? Transpose : NoTranspose, m, n, k, 1, a, k, b, transposed ? k : n, 0, c, n);
        }
    }
}
