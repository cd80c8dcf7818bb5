using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Caudata.Corpora;
using Caudata.Extraction.Checks;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>Where documents are read: the extractor's readings, kept in the ledger so that none is paid for twice, then checked and embedded.</summary>
internal sealed class ReadingDesk(PreparedCorpus corpus, IPairExtractor extractor, PairChecks checks, Ledger? ledger, int threads)
{
    private const int Slice = 2048;
    private readonly List<Rejection> _rejections = [];
    private int _batches;

    /// <summary>What was dropped so far, in order of reading.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections;

    /// <summary>Reads documents; the result is in the order asked for, and near-duplicate pairs lose to those read before.</summary>
    /// <remarks>In slices, so that memory does not grow with the round, and what a slice cost is never paid for again.</remarks>
    public async Task<DocumentReading[]> ReadAsync(int[] documents, CancellationToken cancellationToken)
    {
        var all = new List<DocumentReading>(documents.Length);
        foreach (int[] slice in documents.Chunk(Slice))
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.AddRange(await ReadSliceAsync(slice, cancellationToken));
            ledger?.Commit();
        }

        return [.. all];
    }

    private async Task<DocumentReading[]> ReadSliceAsync(int[] documents, CancellationToken cancellationToken)
    {
        StoredDocument[] stored = corpus.Documents.Read(documents);
        var readings = new Reading?[documents.Length];
        var keys = new ContentHash[documents.Length];
        for (int i = 0; i < documents.Length && ledger is not null; i++)
        {
            keys[i] = ContentHash.OfParts(stored[i].Id, stored[i].Passage.ToString(System.Globalization.CultureInfo.InvariantCulture), stored[i].Text);
            if (ledger.FindReading(keys[i], extractor.Name) is { } known)
            {
                readings[i] = Unpack(known);
            }
        }

        bool[] isNew = [.. readings.Select(reading => reading is null)];
        long started = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, documents.Length, parallel, async (i, token) =>
        {
            readings[i] ??= await extractor.ReadAsync(Preparation.Restored(stored[i]), token);
        });
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        long calls = 0, tokens = 0;
        for (int i = 0; i < documents.Length && ledger is not null; i++)
        {
            if (isNew[i])
            {
                ledger.AddReading(keys[i], extractor.Name, new LedgerReading(Pack(readings[i]!), readings[i]!.Tokens, 0));
                calls++;
                tokens += corpus.Tokens[documents[i]];
            }
        }

        // In the same transaction as the readings: what a killed process had not committed was not paid for twice, it was never kept.
        if (calls > 0)
        {
            ledger!.AddSpend(_batches, new Spend("extract", calls, tokens, 0, elapsed));
        }

        _batches++;
        return Check(documents, stored, readings!, parallel);
    }

    private DocumentReading[] Check(int[] documents, StoredDocument[] stored, Reading[] readings, ParallelOptions parallel)
    {
        (int Document, int Ordinal, CandidatePair Pair)[] candidates =
            [.. readings.SelectMany((reading, i) => reading.Pairs.Select((pair, ordinal) => (i, ordinal, pair)))];
        int d = corpus.Embedder.Dimension;
        var vectors = new float[candidates.Length * d];
        corpus.Embedder.Embed([.. candidates.Select(c => ExtractedPair.TextOf(c.Pair.Question, c.Pair.Answer))], vectors, threads, parallel.CancellationToken);
        var examinations = new Examination[candidates.Length];
        var features = new uint[candidates.Length][];
        Parallel.For(0, candidates.Length, parallel, i =>
        {
            examinations[i] = checks.Examine(candidates[i].Pair, Preparation.Restored(stored[candidates[i].Document]), vectors.AsSpan(i * d, d));
            features[i] = NgramFeatures.Of(candidates[i].Pair.Answer);
        });

        var kept = new ImmutableArray<ExtractedPair>.Builder[documents.Length];
        for (int i = 0; i < documents.Length; i++)
        {
            kept[i] = ImmutableArray.CreateBuilder<ExtractedPair>();
            _rejections.AddRange(readings[i].Rejections);
        }

        for (int i = 0; i < candidates.Length; i++)
        {
            (int at, int ordinal, CandidatePair pair) = candidates[i];
            ImmutableArray<Verdict> verdicts = checks.Decide(examinations[i]);
            StoredDocument document = stored[at];
            var span = new TextSpan(pair.Span.Start + document.Offset, pair.Span.End + document.Offset);
            if (verdicts.FirstOrDefault(verdict => !verdict.Passed) is { } failed)
            {
                _rejections.Add(new Rejection("check", failed.Reason, $"{document.Id} [{span.Start}, {span.End})", failed.Detail));
                continue;
            }

            float[] vector = vectors.AsSpan(i * d, d).ToArray();
            kept[at].Add(new ExtractedPair
            {
                Document = documents[at],
                Ordinal = ordinal,
                Question = pair.Question,
                Answer = pair.Answer,
                Span = span,
                Pattern = pair.Pattern,
                Vector = vector,
                Features = features[i],
                Checks = verdicts,
                Similarity = System.Numerics.Tensors.TensorPrimitives.Dot<float>(vector, corpus.Target.Mean),
            });
        }

        var result = new DocumentReading[documents.Length];
        for (int i = 0; i < documents.Length; i++)
        {
            StoredDocument document = stored[i];
            result[i] = new DocumentReading(documents[i], document.Id, document.Source, document.Label, document.Passage, corpus.Tokens[documents[i]], kept[i].ToImmutable());
        }

        return result;
    }

    private static byte[] Pack(Reading reading)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(deflate, reading);
        }

        return memory.ToArray();
    }

    private static Reading Unpack(LedgerReading known)
    {
        using var deflate = new DeflateStream(new MemoryStream(known.Json), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Reading>(deflate) ?? throw new RecordException("A reading in the ledger is empty; remove the run folder and start again.");
    }
}
