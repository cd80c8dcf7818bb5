namespace Caudata.Simulation.Feedback;

/// <summary>Shows what was liked often: the score is log(1 + positive outcomes of the item in all rounds before).</summary>
/// <remarks>With temperature 1 an item is shown in proportion to 1 + its positive outcomes, which is preferential attachment: popular items become more popular.</remarks>
/// <param name="Temperature">The score is divided by it, 0 or more. Default 0: the most popular items, in order; of equal ones any.</param>
public sealed record PopularityExposure(double Temperature = 0) : ExposurePolicy
{
    /// <inheritdoc/>
    public override string Formula => $"popularity(temperature {Number(Temperature)})";

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => ValidateTemperature(Temperature);

    internal override double ScoreTemperature => Temperature;

    internal override IExposureModel Learn(ExposurePast past, IExposureModel? before, SimulationWork work)
    {
        double[] scores = new double[past.Items];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Log(1.0 + past.Positives[i]);
        }

        return new Model(scores);
    }

    private sealed class Model(double[] scores) : IExposureModel
    {
        public void Score(int user, Span<double> target) => scores.CopyTo(target);
    }
}
