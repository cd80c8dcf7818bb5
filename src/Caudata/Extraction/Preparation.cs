using System.Collections.Immutable;
using System.Text;
using Caudata.Corpora;
using Caudata.Corpora.World;
using Caudata.Embedding;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>The steps before any document is paid for: read, drop duplicates, embed, and compare with the target.</summary>
/// <remarks>Memory is bounded by a batch, apart from 24 bytes a document and, mapped from disk, its vector. Finished steps are found in the ledger and not done twice.</remarks>
internal static class Preparation
{
    private const int Batch = 1024, BackgroundDocuments = 2000;

    /// <summary>Prepares the corpus in a run folder, or finds it prepared.</summary>
    public static async Task<PreparedCorpus> RunAsync(ExtractionOptions options, RunFolder folder, ImmutableArray<ReferencePair> reference, IProgress<RunProgress>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        Ledger ledger = folder.Ledger;
        string inputs = folder.Configuration.Fingerprint;
        DocumentStore documents = folder.OpenDocuments();
        VectorFile vectors = folder.OpenVectors("documents.vectors", new HashingEmbedderOptions().Dimension);
        VectorFile signs = folder.OpenVectors("documents.signs", PreparedCorpus.SignCount);
        try
        {
            // What the folder lost since (files cut or removed) is made again from the inputs.
            if (!ledger.IsDone("read", inputs) || ledger.FindStep("read")!.Output != Shown(documents.Count))
            {
                ledger.RemoveStep("embed");
                long started = time.GetTimestamp();
                await ReadAsync(options, folder, documents, progress, cancellationToken);
                ledger.AddStep(new StepRecord("read", inputs, Shown(documents.Count), time.GetElapsedTime(started)));
                ledger.Commit();
            }

            if (documents.Count == 0)
            {
                var rejected = new RejectionWriter(ledger);
                rejected.Write(folder);
                if (options.Where is not null && !rejected.Counts().Any(count => count.Step == "read"))
                {
                    throw new InputException($"The filter \"{options.Where}\" (--where, ExtractionOptions.Where) keeps no row of {string.Join(", ", options.Corpus)}; expected at least one. Check the names and values in it, or leave it out.");
                }

                throw new InputException($"The corpus {string.Join(", ", options.Corpus)} holds no document that can be read{(options.Where is null ? "" : $" with the filter \"{options.Where}\" (--where, ExtractionOptions.Where)")}; see {folder.PathOf(RejectionWriter.FileName)} for what was dropped and why.");
            }

            HashingEmbedder embedder = HashingEmbedder.FromBytes(ledger.FindCheckpoint("embedder") ?? throw new RecordException("The ledger has no embedder though the corpus was read; remove the run folder and start again."));
            Target target = Target.Create(reference, Background(documents, options.Seed), embedder, options, cancellationToken);
            if (!ledger.IsDone("embed", inputs) || vectors.Count != documents.Count || signs.Count != documents.Count)
            {
                long started = time.GetTimestamp();
                vectors.Truncate(0);
                signs.Truncate(0);
                Embed(options, documents, embedder, target, vectors, signs, progress, cancellationToken);
                vectors.Flush();
                signs.Flush();
                ledger.AddStep(new StepRecord("embed", inputs, embedder.Name, time.GetElapsedTime(started)));
                ledger.Commit();
            }

            float[] loaded = signs.Load();
            signs.Dispose();
            return new PreparedCorpus(documents, vectors, embedder, target, loaded);
        }
        catch
        {
            documents.Dispose();
            vectors.Dispose();
            signs.Dispose();
            throw;
        }
    }

    private static string Shown(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task ReadAsync(ExtractionOptions options, RunFolder folder, DocumentStore documents, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        documents.Truncate(0);
        var rejected = new RejectionWriter(folder.Ledger);
        foreach (string step in (string[])["read", "deduplicate", "remark"])
        {
            rejected.Clear(step);
        }

        var fits = new HashingFit[options.Threads];
        for (int t = 0; t < fits.Length; t++)
        {
            fits[t] = new HashingFit(new HashingEmbedderOptions());
        }

        long inputs = 0;
        var batch = new List<Document>(Batch);
        await foreach (CorpusItem item in Deduplicator.RunAsync(Counted(Items(options, cancellationToken)), new DeduplicationOptions { Threads = options.Threads }, cancellationToken))
        {
            switch (item)
            {
                case CorpusItem.Kept kept:
                    batch.Add(kept.Document);
                    break;
                case CorpusItem.Rejected dropped:
                    rejected.Add(dropped.Rejection);
                    break;
                case CorpusItem.Noted noted:
                    rejected.Add(noted.Remark with { Step = "remark" }); // the document is kept: no loss
                    break;
            }

            if (batch.Count == Batch)
            {
                Take();
            }
        }

        Take();
        documents.Flush();
        for (int t = 1; t < fits.Length; t++)
        {
            fits[0].Merge(fits[t]);
        }

        HashingEmbedder embedder = HashingEmbedder.Fit(fits[0], options.Threads, cancellationToken);
        folder.Ledger.SetCheckpoint("embedder", embedder.ToBytes());
        folder.Ledger.SetCheckpoint("inputs", BitConverter.GetBytes(inputs));

        // Rows and files as they were met: passages of one row are one, copies count.
        async IAsyncEnumerable<CorpusItem> Counted(IAsyncEnumerable<CorpusItem> items)
        {
            await foreach (CorpusItem item in items)
            {
                inputs += item is CorpusItem.Rejected or CorpusItem.Kept { Document.Passage: 0 } ? 1 : 0;
                yield return item;
            }
        }

        void Take()
        {
            cancellationToken.ThrowIfCancellationRequested();
            Parallel.For(0, fits.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, t =>
            {
                for (int i = t; i < batch.Count; i += fits.Length)
                {
                    fits[t].Add(PlainText.Of(batch[i]));
                }
            });
            foreach (Document document in batch)
            {
                documents.Add(Stored(document));
            }

            batch.Clear();
            progress?.Report(new RunProgress("read", documents.Count, null));
        }
    }

    private static IAsyncEnumerable<CorpusItem> Items(ExtractionOptions options, CancellationToken cancellationToken)
    {
        if (options.Corpus[0].StartsWith("world:", StringComparison.Ordinal))
        {
            return World(ReferenceSet.OpenWorld(options.Corpus[0]), options.Threads);
        }

        return CorpusReader.ReadAsync(
            new CorpusOptions { Sources = options.Corpus, Where = options.Where, TextColumn = options.TextColumn, IdColumn = options.IdColumn, LabelColumn = options.LabelColumn, Threads = options.Threads },
            cancellationToken);
    }

    private static async IAsyncEnumerable<CorpusItem> World(CorpusWorld world, int threads)
    {
        await Task.CompletedTask;
        var batch = new Document[4096];
        for (int start = 0; start < world.Count; start += batch.Length)
        {
            int n = Math.Min(batch.Length, world.Count - start);
            Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => batch[i] = world.Document(start + i));
            for (int i = 0; i < n; i++)
            {
                yield return new CorpusItem.Kept(batch[i]);
            }
        }
    }

    /// <summary>Indices of the documents that stand for text of no special kind.</summary>
    internal static int[] BackgroundOf(DocumentStore documents, ulong seed)
    {
        var chosen = new SortedSet<int>();
        var stream = new RandomStream(seed, "background");
        int wanted = Math.Min(BackgroundDocuments, documents.Count);
        while (chosen.Count < wanted)
        {
            chosen.Add(stream.NextInt32(documents.Count));
        }

        return [.. chosen];
    }

    private static IEnumerable<string> Background(DocumentStore documents, ulong seed) => documents.Read(BackgroundOf(documents, seed)).Select(document => PlainText.Of(Restored(document)));

    private static void Embed(ExtractionOptions options, DocumentStore documents, HashingEmbedder embedder, Target target, VectorFile vectors, VectorFile signs, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        int d = embedder.Dimension, m = target.Pairs.Length, nearest = Math.Min(10, m);
        var rows = new float[Batch * d];
        var scores = new float[Batch * PreparedCorpus.SignCount];
        var cosines = new float[Batch * m];
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        foreach (StoredDocument[] batch in documents.ReadAll().Chunk(Batch))
        {
            var texts = new string[batch.Length];
            var gains = new double[batch.Length];
            var questions = new int[batch.Length];
            Parallel.For(0, batch.Length, parallel, i =>
            {
                texts[i] = PlainText.Of(Restored(batch[i]));
                gains[i] = target.Start.Of(NgramFeatures.Of(texts[i]));
                questions[i] = texts[i].AsSpan().Count('?');
            });
            float[] batchRows = batch.Length == Batch ? rows : new float[batch.Length * d];
            embedder.Embed(texts, batchRows, options.Threads, cancellationToken);
            MatrixProduct.MultiplyTransposed(batchRows, target.Vectors, cosines.AsSpan(0, batch.Length * m), batch.Length, m, d, options.Threads);
            Parallel.For(0, batch.Length, parallel, i =>
            {
                int tokens = (Encoding.UTF8.GetByteCount(texts[i]) + 3) / 4;
                ReadOnlySpan<float> row = cosines.AsSpan(i * m, m);
                Span<int> places = stackalloc int[nearest];
                Span<float> best = stackalloc float[nearest];
                TopK.Largest(row, places, best);
                float sum = 0, top = 0;
                foreach (float cosine in row)
                {
                    sum += cosine;
                }

                foreach (float cosine in best)
                {
                    top += cosine;
                }

                Span<float> sign = scores.AsSpan(i * PreparedCorpus.SignCount, PreparedCorpus.SignCount);
                sign[0] = tokens;
                sign[1] = sum / m;
                sign[2] = top / nearest;
                sign[3] = (float)(1000 * gains[i] / (tokens + 50)); // 50: a title alone is not a treasure
                sign[4] = 1000f * questions[i] / (tokens + 50);
            });
            for (int i = 0; i < batch.Length; i++)
            {
                if (!sources.TryGetValue(batch[i].Source, out int source))
                {
                    source = sources.Count;
                    sources.Add(batch[i].Source, source);
                }

                scores[(i * PreparedCorpus.SignCount) + 5] = source;
            }

            vectors.Append(batchRows);
            signs.Append(scores.AsSpan(0, batch.Length * PreparedCorpus.SignCount));
            progress?.Report(new RunProgress("embed", vectors.Count, documents.Count));
        }
    }

    internal static StoredDocument Stored(Document document) => new()
    {
        Id = document.Id,
        Source = document.Source,
        Title = document.Title,
        Format = (byte)document.Format,
        Label = document.Label,
        Offset = document.Offset,
        Passage = document.Passage,
        Text = document.Text,
    };

    internal static Document Restored(StoredDocument document) => new()
    {
        Id = document.Id,
        Source = document.Source,
        Title = document.Title,
        Format = (DocumentFormat)document.Format,
        Label = document.Label,
        Offset = document.Offset,
        Passage = document.Passage,
        Text = document.Text,
    };
}
