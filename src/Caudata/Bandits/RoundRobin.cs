namespace Caudata.Bandits;

/// <summary>Takes the arms in turn: always those with the fewest pulls.</summary>
public sealed record RoundRobin : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "round-robin";

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = -state.Records[j].Pulls;
        }
    }
}
