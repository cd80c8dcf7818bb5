namespace Caudata.Bandits;

/// <summary>Reads everything: arm 0 until it is exhausted, then arm 1, and so on.</summary>
public sealed record ReadAll : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "all";

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = -j;
        }
    }
}
