namespace Caudata.Corpora;

/// <summary>A half-open range [<see cref="Start"/>, <see cref="End"/>) of UTF-16 code units in a normalised document.</summary>
/// <param name="Start">Index of the first code unit, 0-based.</param>
/// <param name="End">Index after the last code unit.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of UTF-16 code units.</summary>
    public int Length => End - Start;
}
