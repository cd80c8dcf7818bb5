namespace Caudata.Numerics;

/// <summary>Runs numbered blocks of work on a bounded number of threads.</summary>
/// <remarks>
/// Blocks are handed out in rising order to whichever worker is free. To get the same bytes on any number of threads, let a block write only to slots of its own, let its
/// size not depend on the number of threads, and combine the slots afterwards in order of block.
/// </remarks>
public static class BlockLoop
{
    /// <summary>Runs <paramref name="body"/> once for each block.</summary>
    /// <param name="blocks">How many blocks; 0 does nothing.</param>
    /// <param name="threads">Most threads to use, at least 1. With 1, or with one block, everything runs on the caller's thread.</param>
    /// <param name="body">Gets the block's index and the worker's index (0 to threads − 1, for scratch memory: no two blocks run on one worker at once).</param>
    /// <param name="cancel">Looked at before every block.</param>
    /// <exception cref="OperationCanceledException">Cancelled; some blocks were not run.</exception>
    public static void Run(int blocks, int threads, Action<int, int> body, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentNullException.ThrowIfNull(body);
        int workers = Math.Min(threads, blocks);
        if (workers <= 1)
        {
            for (int i = 0; i < blocks; i++)
            {
                cancel.ThrowIfCancellationRequested();
                body(i, 0);
            }

            return;
        }

        int next = -1;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, (worker, state) =>
        {
            for (int i = Interlocked.Increment(ref next); i < blocks; i = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                if (state.ShouldExitCurrentIteration)
                {
                    return;
                }

                body(i, worker);
            }
        });
    }
}
