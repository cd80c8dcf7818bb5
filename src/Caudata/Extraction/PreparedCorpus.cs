using Caudata.Embedding;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>A corpus read once: documents on disk, vectors, costs, and what can be known of each document before it is paid for.</summary>
public sealed class PreparedCorpus : IDisposable
{
    internal PreparedCorpus(DocumentStore documents, VectorFile vectorFile, HashingEmbedder embedder, Target target, float[] signs)
    {
        Documents = documents;
        _vectorFile = vectorFile;
        Vectors = vectorFile.Map();
        Embedder = embedder;
        Target = target;
        Count = documents.Count;
        Tokens = new int[Count];
        Similarity = new float[Count];
        Nearest = new float[Count];
        TextGain = new float[Count];
        Questions = new float[Count];
        SourceIndex = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> row = signs.AsSpan(i * SignCount, SignCount);
            (Tokens[i], Similarity[i], Nearest[i], TextGain[i], Questions[i], SourceIndex[i]) = ((int)row[0], row[1], row[2], row[3], row[4], (int)row[5]);
            TotalTokens += Tokens[i];
        }
    }

    internal const int SignCount = 6;
    private readonly VectorFile _vectorFile;

    /// <summary>Number of documents n (passages of long ones count each).</summary>
    public int Count { get; }

    /// <summary>The normalised documents on disk.</summary>
    public DocumentStore Documents { get; }

    /// <summary>Vectors of the documents' plain text, shape [n, d], mapped from disk.</summary>
    public ReadOnlyMemory<float> Vectors { get; }

    /// <summary>What made them.</summary>
    public HashingEmbedder Embedder { get; }

    /// <summary>What is aimed at.</summary>
    public Target Target { get; }

    /// <summary>Tokens that reading each document costs, shape [n].</summary>
    public int[] Tokens { get; }

    /// <summary>Tokens that reading everything costs.</summary>
    public long TotalTokens { get; }

    /// <summary>Mean cosine to the references, shape [n]: what doc-sim ranks by.</summary>
    public float[] Similarity { get; }

    /// <summary>Mean cosine to the ten nearest references, shape [n].</summary>
    public float[] Nearest { get; }

    /// <summary>Gain of the document's own text towards the target in an empty pool, in nats per 1,000 tokens, shape [n].</summary>
    public float[] TextGain { get; }

    /// <summary>Question marks for each 1,000 tokens, shape [n].</summary>
    public float[] Questions { get; }

    /// <summary>Number of the document's source in order of appearance, shape [n].</summary>
    public int[] SourceIndex { get; }

    /// <summary>Frees the files.</summary>
    public void Dispose()
    {
        Documents.Dispose();
        _vectorFile.Dispose();
    }
}
