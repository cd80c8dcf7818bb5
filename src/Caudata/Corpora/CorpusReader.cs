using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Reads a corpus: files in, normalised and split documents out, with everything that was dropped.</summary>
/// <remarks>
/// <para>Order: files by name (ordinal), rows as they stand, passages by offset; the same on any number of threads. Memory: a few batches for every file being read, and 16 bytes an identifier.</para>
/// <para>A bad row, document or file is a <see cref="CorpusItem.Rejected"/>; only mistakes of the caller (<see cref="InputException"/>) and cancellation throw.</para>
/// </remarks>
public static class CorpusReader
{
    private const int BatchItems = 256, BatchChars = 1 << 20, BatchesAhead = 4;

    /// <summary>Reads all sources.</summary>
    /// <param name="options">Where from and how.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">Options are wrong, a source is not there, or a named column is in no row.</exception>
    public static IAsyncEnumerable<CorpusItem> ReadAsync(CorpusOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return ReadAsync(SourceFiles.Expand(options.Sources), options, cancellationToken);
    }

    /// <summary>Reads files that were listed before (for example to hash them).</summary>
    /// <param name="files">The files, read in this order.</param>
    /// <param name="options">How; <see cref="CorpusOptions.Sources"/> is not looked at.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<CorpusItem> ReadAsync(ImmutableArray<SourceFile> files, CorpusOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ids = new HashSet<UInt128>();
        var running = new Queue<(ChannelReader<List<CorpusItem>> Items, Task Work)>();
        int next = 0;
        bool duplicate = false; // later passages share the fate of the first
        try
        {
            while (next < files.Length || running.Count > 0)
            {
                while (next < files.Length && running.Count < options.Threads)
                {
                    running.Enqueue(Start(files[next++], options, stop.Token));
                }

                (ChannelReader<List<CorpusItem>> items, Task work) = running.Peek();
                await foreach (List<CorpusItem> batch in items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    foreach (CorpusItem item in batch)
                    {
                        if (item is not CorpusItem.Kept { Document: var document })
                        {
                            yield return item;
                        }
                        else if (document.Passage > 0)
                        {
                            if (!duplicate)
                            {
                                yield return item;
                            }
                        }
                        else
                        {
                            duplicate = !ids.Add(TextHash.Of(document.Id));
                            yield return duplicate ? Duplicate(document, options) : item;
                        }
                    }
                }

                await work.ConfigureAwait(false);
                running.Dequeue();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach ((_, Task work) in running)
            {
                await ((Task)work.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)).ConfigureAwait(false);
            }
        }
    }

    private static CorpusItem Duplicate(Document document, CorpusOptions options) =>
        RowDocuments.Reject(ReadReasons.DuplicateId, document.Id, $"An earlier document has this identifier. Name a column that is unique as the {options.Named(DocumentColumn.Id)}, or an empty one for file and row.");

    private static (ChannelReader<List<CorpusItem>> Items, Task Work) Start(SourceFile file, CorpusOptions options, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<List<CorpusItem>>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        return (channel.Reader, Task.Run(() => FillAsync(file, options, channel.Writer, stop), CancellationToken.None));
    }

    private static async Task FillAsync(SourceFile file, CorpusOptions options, ChannelWriter<List<CorpusItem>> to, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            var batch = new List<CorpusItem>();
            int chars = 0;
            foreach (CorpusItem item in FileReader.Read(file, options, stop))
            {
                batch.Add(item);
                chars += item is CorpusItem.Kept kept ? kept.Document.Text.Length : 0;
                if (batch.Count >= BatchItems || chars >= BatchChars)
                {
                    await to.WriteAsync(batch, stop).ConfigureAwait(false);
                    (batch, chars) = ([], 0);
                }
            }

            if (batch.Count > 0)
            {
                await to.WriteAsync(batch, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = e; // handed to the reader of the channel, cancellation included
        }

        to.Complete(failure);
    }
}
