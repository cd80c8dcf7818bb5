using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text.Json;
using Caudata.Numerics;

namespace Caudata.Embedding;

/// <summary>Text to vector without a model: hashed words, word pairs and character n-grams, TF-IDF, sparse random projection, principal components.</summary>
/// <remarks>
/// <para>Each family of features gives a TF-IDF vector of length 1; their weighted sum is projected to <see cref="HashingEmbedderOptions.Width"/> coordinates by signed hashing,
/// the mean of the fitted texts is subtracted, and the leading <see cref="HashingEmbedderOptions.Dimension"/> principal components are kept and scaled to length 1.</para>
/// <para>Random projection alone keeps cosines to about 1/√d (0.06 at d = 256), noise that hides small differences between topics; projecting wide and then to the principal components
/// keeps the directions in which texts really differ.</para>
/// <para>Thread-safe. The same text gives the same bytes whatever the thread or batch.</para>
/// </remarks>
public sealed class HashingEmbedder : IEmbedder
{
    private const uint Magic = 0x31454843; // "CHE1"
    private const int Together = 64; // texts that share one pass over the components
    private readonly float[] _inverse;     // [3 · 2^bits]
    private readonly float[] _mean;        // [width]
    private readonly float[] _components;  // [width, d]: column j of the projection is component j; empty when no components are taken
    private readonly float[] _logarithms = new float[1024];
    private readonly DocumentFrequencies _frequencies;
    private readonly ConcurrentBag<Scratch> _scratch = [];

    private HashingEmbedder(HashingEmbedderOptions options, DocumentFrequencies frequencies, float[] mean, float[] components)
    {
        Options = options;
        _frequencies = frequencies;
        _mean = mean;
        _components = components;
        _inverse = frequencies.Inverse(options.InverseFloor);
        for (int i = 0; i < _logarithms.Length; i++)
        {
            _logarithms[i] = options.Sublinear ? 1 + MathF.Log(i) : i;
        }

        Name = $"hashing-1-{options.Dimension}-{Convert.ToHexStringLower(SHA256.HashData(ToBytes()))[..16]}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Dimension => Options.Dimension;

    /// <summary>The options it was fitted with.</summary>
    public HashingEmbedderOptions Options { get; }

    /// <summary>Number of texts it was fitted on.</summary>
    public long Documents => _frequencies.Documents;

    /// <summary>Fits on texts in memory.</summary>
    /// <param name="texts">Plain texts, for example the corpus and the reference.</param>
    /// <param name="options">Options; null takes the defaults.</param>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static HashingEmbedder Fit(IReadOnlyList<string> texts, HashingEmbedderOptions? options = null, int threads = 1, CancellationToken cancellationToken = default)
    {
        options ??= new HashingEmbedderOptions();
        int parts = Math.Max(1, Math.Min(threads, (texts.Count + 255) / 256));
        var fits = new HashingFit[parts];
        for (int part = 0; part < parts; part++)
        {
            fits[part] = new HashingFit(options);
        }

        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellationToken }, part =>
        {
            for (int i = part; i < texts.Count; i += parts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                fits[part].Add(texts[i]);
            }
        });
        for (int part = 1; part < parts; part++)
        {
            fits[0].Merge(fits[part]);
        }

        return Fit(fits[0], threads, cancellationToken);
    }

    /// <summary>Fits on what a pass over the texts has gathered.</summary>
    /// <param name="fit">Frequencies and sample.</param>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static HashingEmbedder Fit(HashingFit fit, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        HashingEmbedderOptions options = fit.Options;
        IReadOnlyList<string> sample = fit.Sample;
        int width = options.Width;
        var wide = new HashingEmbedder(options, fit.Frequencies, new float[width], []);
        var rows = new float[sample.Count * width];
        Parallel.For(0, (sample.Count + 63) / 64, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, block =>
        {
            Scratch scratch = wide.Rent();
            for (int i = block * 64; i < Math.Min(sample.Count, (block * 64) + 64); i++)
            {
                wide.Project(sample[i], rows.AsSpan(i * width, width), scratch);
            }

            wide._scratch.Add(scratch);
        });
        bool reduce = options.Width > options.Dimension;
        int wanted = reduce ? options.Dimension + options.RemovedComponents : 0;
        if (!reduce && options.Common == CommonComponent.Keep)
        {
            return wide;
        }

        float[] mean = PrincipalComponents.Mean(rows, width);
        if (options.Common == CommonComponent.Keep)
        {
            Array.Clear(mean);
        }

        if (options.Common == CommonComponent.ProjectOut)
        {
            float norm = TensorPrimitives.Norm<float>(mean);
            if (norm > 0)
            {
                TensorPrimitives.Divide(mean, norm, mean);
            }
        }

        var common = new HashingEmbedder(options, fit.Frequencies, mean, []);
        for (int i = 0; i < sample.Count; i++)
        {
            common.RemoveCommon(rows.AsSpan(i * width, width));
        }

        (float[] found, float[] variances) = reduce ? PrincipalComponents.Fit(rows, width, wanted, options.Seed, threads, cancellationToken) : ([], []);

        var components = new float[reduce ? width * options.Dimension : 0];
        for (int j = 0; reduce && j < options.Dimension; j++)
        {
            int c = j + options.RemovedComponents;
            float scale = variances[c] > 0 ? (float)Math.Pow(variances[c] / variances[options.RemovedComponents], -options.Whitening / 2) : 0;
            for (int i = 0; i < width; i++)
            {
                components[(i * options.Dimension) + j] = found[(c * width) + i] * scale;
            }
        }

        return new HashingEmbedder(options, fit.Frequencies, mean, components);
    }

    /// <inheritdoc/>
    public ValueTask EmbedAsync(IReadOnlyList<string> texts, Memory<float> vectors, CancellationToken cancellationToken = default)
    {
        Embed(texts, vectors.Span, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>Embeds a batch on the calling thread.</summary>
    /// <param name="texts">Plain texts, shape [n].</param>
    /// <param name="vectors">Receives the vectors, row-major, shape [n, d].</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> has another length than n · d.</exception>
    public void Embed(IReadOnlyList<string> texts, Span<float> vectors, CancellationToken cancellationToken = default)
    {
        int d = Dimension, width = Options.Width;
        if (vectors.Length != (long)texts.Count * d)
        {
            throw new ArgumentException($"vectors has {vectors.Length} numbers; expected {(long)texts.Count * d}: {texts.Count} texts of {d}.", nameof(vectors));
        }

        Scratch scratch = Rent();
        Span<bool> some = stackalloc bool[Together];
        for (int from = 0; from < texts.Count; from += Together)
        {
            int count = Math.Min(Together, texts.Count - from);
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<float> wide = scratch.Wide.AsSpan(i * width, width);
                some[i] = Project(texts[from + i], wide, scratch);
                RemoveCommon(wide);
            }

            Span<float> block = vectors.Slice(from * d, count * d);
            if (_components.Length == 0)
            {
                scratch.Wide.AsSpan(0, count * d).CopyTo(block);
            }
            else
            {
                // Every element is a sum in a fixed order that does not depend on the other rows, so any batch gives the same bytes.
                MatrixProduct.Multiply(scratch.Wide.AsSpan(0, count * width), _components, block, count, d, width);
            }

            for (int i = 0; i < count; i++)
            {
                Span<float> vector = block.Slice(i * d, d);
                float norm = some[i] ? TensorPrimitives.Norm<float>(vector) : 0;
                if (norm > 1e-12f)
                {
                    TensorPrimitives.Divide(vector, norm, vector);
                }
                else
                {
                    vector.Clear();
                }
            }
        }

        _scratch.Add(scratch);
    }

    /// <summary>Embeds a corpus on several threads; the bytes do not depend on their number.</summary>
    /// <param name="texts">Plain texts, shape [n].</param>
    /// <param name="vectors">Receives the vectors, row-major, shape [n, d].</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    public void Embed(IReadOnlyList<string> texts, float[] vectors, int threads, CancellationToken cancellationToken = default)
    {
        int d = Dimension;
        if (vectors.Length != (long)texts.Count * d)
        {
            throw new ArgumentException($"vectors has {vectors.Length} numbers; expected {(long)texts.Count * d}: {texts.Count} texts of {d}.", nameof(vectors));
        }

        const int Block = Together;
        Parallel.For(0, (texts.Count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, block =>
        {
            int from = block * Block, count = Math.Min(Block, texts.Count - from);
            var part = new string[count];
            for (int i = 0; i < count; i++)
            {
                part[i] = texts[from + i];
            }

            Embed(part, vectors.AsSpan(from * d, count * d), cancellationToken);
        });
    }

    /// <summary>The TF-IDF features of a text before projection: hashed bucket and weight, for importance weights over n-grams as in DSIR [xie2023dsir].</summary>
    /// <param name="text">Plain text.</param>
    /// <returns>Pairs by rising bucket; each family has length equal to its weight in the options.</returns>
    public (uint Bucket, float Weight)[] Features(string text)
    {
        Scratch scratch = Rent();
        scratch.Hasher.Read(text);
        scratch.Room();
        Weigh(scratch);
        var features = new (uint Bucket, float Weight)[scratch.Hasher.CharacterEnd];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = (scratch.Hasher.Buckets[i], scratch.Weights[i]);
        }

        Array.Sort(features, static (a, b) => a.Bucket.CompareTo(b.Bucket));
        _scratch.Add(scratch);
        return features;
    }

    /// <summary>Everything that was fitted, as bytes: options (JSON), document frequencies, mean, components.</summary>
    public byte[] ToBytes()
    {
        byte[] options = JsonSerializer.SerializeToUtf8Bytes(Options), frequencies = _frequencies.ToBytes();
        var bytes = new byte[20 + options.Length + frequencies.Length + (4 * (_mean.Length + _components.Length))];
        Span<byte> at = bytes;
        foreach (int head in (ReadOnlySpan<int>)[unchecked((int)Magic), options.Length, frequencies.Length, _mean.Length, _components.Length])
        {
            BinaryPrimitives.WriteInt32LittleEndian(at, head);
            at = at[4..];
        }

        options.CopyTo(at);
        frequencies.CopyTo(at[options.Length..]);
        at = at[(options.Length + frequencies.Length)..];
        foreach (float[] numbers in (ReadOnlySpan<float[]>)[_mean, _components])
        {
            foreach (float number in numbers)
            {
                BinaryPrimitives.WriteSingleLittleEndian(at, number);
                at = at[4..];
            }
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are something else, or damaged.</exception>
    public static HashingEmbedder FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no saved hashing embedder: expected at least 20, starting with \"CHE1\". Fit again.");
        }

        Span<int> lengths = stackalloc int[4];
        long total = 20;
        for (int i = 0; i < 4; i++)
        {
            lengths[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 + (4 * i))..]);
            total += (long)Math.Max(lengths[i], 0) * (i < 2 ? 1 : 4);
        }

        if (total != bytes.Length)
        {
            throw new InvalidDataException($"A saved hashing embedder of {total} bytes was announced and {bytes.Length} were found. The bytes are damaged; fit again.");
        }

        HashingEmbedderOptions options;
        try
        {
            options = JsonSerializer.Deserialize<HashingEmbedderOptions>(bytes.Slice(20, lengths[0])) ?? throw new InvalidDataException("The saved hashing embedder has no options. Fit again.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The options of the saved hashing embedder cannot be read ({e.Message}). Fit again.", e);
        }

        IReadOnlyList<string> mistakes = options.Validate();
        DocumentFrequencies frequencies = DocumentFrequencies.FromBytes(bytes.Slice(20 + lengths[0], lengths[1]));
        int components = options.Width > options.Dimension ? options.Width * options.Dimension : 0;
        if (mistakes.Count > 0 || frequencies.Counts.Length != 3 << options.Features.BucketBits || lengths[2] != options.Width || lengths[3] != components)
        {
            throw new InvalidDataException($"The saved hashing embedder contradicts itself: {frequencies.Counts.Length} buckets, mean of {lengths[2]}, {lengths[3]} numbers of components; expected {3 << options.Features.BucketBits}, {options.Width}, {components}. {string.Join(' ', mistakes)} Fit again.");
        }

        ReadOnlySpan<byte> rest = bytes[(20 + lengths[0] + lengths[1])..];
        return new HashingEmbedder(options, frequencies, Floats(rest[..(4 * lengths[2])]), Floats(rest[(4 * lengths[2])..]));

        static float[] Floats(ReadOnlySpan<byte> from)
        {
            var numbers = new float[from.Length / 4];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(from[(4 * i)..]);
            }

            return numbers;
        }
    }

    private void RemoveCommon(Span<float> wide)
    {
        if (Options.Common == CommonComponent.Subtract)
        {
            TensorPrimitives.Subtract(wide, _mean, wide);
        }
        else if (Options.Common == CommonComponent.ProjectOut)
        {
            TensorPrimitives.MultiplyAdd(_mean, -TensorPrimitives.Dot<float>(wide, _mean), wide, wide);
        }
    }

    private Scratch Rent() => _scratch.TryTake(out Scratch? scratch) ? scratch : new Scratch(Options);

    /// <summary>The wide vector of one text, mean not yet subtracted; false when the text has no features.</summary>
    private bool Project(string text, Span<float> wide, Scratch scratch)
    {
        wide.Clear();
        FeatureHasher hasher = scratch.Hasher;
        hasher.Read(text);
        if (hasher.CharacterEnd == 0)
        {
            return false;
        }

        scratch.Room();
        Weigh(scratch);
        SparseProjection.Add(hasher.Buckets, scratch.Weights.AsSpan(0, hasher.CharacterEnd), 1, Options.Coordinates, Options.Seed, wide);
        float norm = TensorPrimitives.Norm<float>(wide);
        if (!(norm > 0))
        {
            return false;
        }

        TensorPrimitives.Divide(wide, norm, wide);
        return true;
    }

    /// <summary>TF-IDF weights of the features just read, each family of the length that the options give it.</summary>
    private void Weigh(Scratch scratch)
    {
        FeatureHasher hasher = scratch.Hasher;
        Family(0, hasher.WordEnd, Options.WordWeight);
        Family(hasher.WordEnd, hasher.PairEnd, Options.PairWeight);
        Family(hasher.PairEnd, hasher.CharacterEnd, Options.CharacterWeight);

        void Family(int from, int to, double length)
        {
            ReadOnlySpan<uint> buckets = hasher.Buckets[from..to];
            ReadOnlySpan<int> counts = hasher.Counts[from..to];
            Span<float> weights = scratch.Weights.AsSpan(from, to - from);
            for (int i = 0; i < weights.Length; i++)
            {
                int count = counts[i];
                float tf = (uint)count < (uint)_logarithms.Length ? _logarithms[count] : Options.Sublinear ? 1 + MathF.Log(count) : count;
                weights[i] = tf * _inverse[buckets[i]];
            }

            float norm = TensorPrimitives.Norm<float>(weights);
            if (norm > 0)
            {
                TensorPrimitives.Multiply(weights, (float)length / norm, weights);
            }
        }
    }

    private sealed class Scratch(HashingEmbedderOptions options)
    {
        public FeatureHasher Hasher { get; } = new(options.Features);

        public float[] Wide { get; } = new float[Together * options.Width];

        public float[] Weights { get; private set; } = new float[4096];

        public void Room()
        {
            if (Weights.Length < Hasher.CharacterEnd)
            {
                Weights = new float[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Hasher.CharacterEnd)];
            }
        }
    }
}
