namespace Caudata.Bandits;

/// <summary>Draws arms at random in proportion to the documents they have left: with one document a pull, a uniform draw of documents.</summary>
/// <remarks>The row that every comparison must show. Where m · share exceeds 1, the arm is taken for sure and the rest is shared out again.</remarks>
public sealed record UniformRandom : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = state.Records[j].Remaining;
        }
    }

    /// <inheritdoc/>
    protected override void Include(BanditState state, int m, Span<double> probabilities)
    {
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        for (int j = 0; j < records.Length; j++)
        {
            probabilities[j] = records[j].IsAvailable ? records[j].Remaining : 0;
        }

        InclusionProbabilities.Fill(probabilities, m);
    }
}
