namespace Caudata.Simulation.Feedback;

/// <summary>Shows any item with the same probability: the randomised experiment.</summary>
public sealed record RandomExposure : ExposurePolicy
{
    /// <inheritdoc/>
    public override string Formula => "random";

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => [];

    internal override double ScoreTemperature => double.PositiveInfinity;
}
