namespace Caudata.Transport;

/// <summary>Work cut into blocks of a fixed number of rows, so that every sum has the same order on any number of threads.</summary>
internal static class RowBlocks
{
    /// <summary>Number of blocks of <paramref name="size"/> rows that hold <paramref name="rows"/> rows.</summary>
    public static int Count(int rows, int size) => (rows + size - 1) / size;

    /// <summary>Runs <paramref name="body"/> once for every block number in [0, <paramref name="blocks"/>).</summary>
    public static void Run(int blocks, int threads, Action<int> body, CancellationToken cancellationToken = default)
    {
        if (threads <= 1 || blocks <= 1)
        {
            for (int block = 0; block < blocks; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(block);
            }

            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, body);
    }
}
