using System.Numerics.Tensors;
using Caudata.Embedding;

namespace Caudata.Benchmarks.Peers;

/// <summary>Hashed features and vectors of the peers' 20,000 documents in memory.</summary>
internal sealed class TextPeer : IPeer
{
    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        if (context.Threads != 1)
        {
            yield break;
        }

        string[] documents = File.ReadAllLines(Path.Combine(context.Data, "docs.txt"));
        var words = new FeatureOptions { WordPairs = false, CharacterMinimum = 0, CharacterMaximum = 0, Symbols = false, ShortestWord = 2 };
        yield return new PeerWork("words hashed to 2^18, sparse rows of length 1", "HashingVectorizer words", () => Hash(documents, words));
        yield return new PeerWork("words and pairs hashed to 2^18", "HashingVectorizer 1-2grams", () => Hash(documents, words with { WordPairs = true }));
        yield return new PeerWork("words hashed to 2^18, TF-IDF, sparse rows of length 1", "hashing \\+ TfidfTransformer", () => TfIdf(documents, words));
        yield return new PeerWork("words and character 3-5 grams, 2,000 documents", "char_wb", () => Hash(documents[..2000], words with { CharacterMinimum = 3, CharacterMaximum = 5 }));
        HashingEmbedder? embedder = null;
        yield return new PeerWork("default embedder, fit on 20,000 documents", "hashing \\+ TfidfTransformer", () =>
        {
            embedder = HashingEmbedder.Fit(documents);
            return embedder.Documents;
        });
        yield return new PeerWork("default embedder, 20,000 documents to 256 numbers", "hashing \\+ TfidfTransformer", () =>
        {
            embedder ??= HashingEmbedder.Fit(documents);
            var vectors = new float[documents.Length * embedder.Dimension];
            embedder.Embed(documents, vectors.AsSpan());
            return vectors.Length;
        });
    }

    private static double Hash(string[] documents, FeatureOptions options)
    {
        var hasher = new FeatureHasher(options);
        var rows = new (uint[] Buckets, float[] Weights)[documents.Length];
        long features = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            hasher.Read(documents[i]);
            var weights = new float[hasher.CharacterEnd];
            TensorPrimitives.ConvertTruncating(hasher.Counts, weights);
            TensorPrimitives.Divide(weights, TensorPrimitives.Norm<float>(weights), weights);
            rows[i] = (hasher.Buckets.ToArray(), weights);
            features += weights.Length;
        }

        return features;
    }

    private static double TfIdf(string[] documents, FeatureOptions options)
    {
        var hasher = new FeatureHasher(options);
        var frequencies = new DocumentFrequencies(hasher.BucketCount);
        var rows = new (uint[] Buckets, float[] Weights)[documents.Length];
        long features = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            hasher.Read(documents[i]);
            frequencies.Add(hasher.Buckets);
            var weights = new float[hasher.CharacterEnd];
            TensorPrimitives.ConvertTruncating(hasher.Counts, weights);
            rows[i] = (hasher.Buckets.ToArray(), weights);
            features += weights.Length;
        }

        float[] inverse = frequencies.Inverse();
        foreach ((uint[] buckets, float[] weights) in rows)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] *= inverse[buckets[i]];
            }

            TensorPrimitives.Divide(weights, TensorPrimitives.Norm<float>(weights), weights);
        }

        return features;
    }
}
