namespace Caudata.Embedding;

/// <summary>Turns text into unit vectors.</summary>
/// <remarks>Thread-safe and deterministic: the same text gives the same bytes whatever the thread or batch.</remarks>
public interface IEmbedder
{
    /// <summary>Name, version and parameters: the key under which vectors are cached.</summary>
    string Name { get; }

    /// <summary>Length d of a vector.</summary>
    int Dimension { get; }

    /// <summary>Embeds a batch.</summary>
    /// <param name="texts">Plain texts (markup removed), shape [n].</param>
    /// <param name="vectors">Receives the vectors, row-major, shape [n, d]; each of length 1, or all zeros for a text with no features.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    ValueTask EmbedAsync(IReadOnlyList<string> texts, Memory<float> vectors, CancellationToken cancellationToken = default);
}
