namespace Caudata.Simulation.Feedback;

/// <summary>Shows what a matrix factorisation of the past expects to be liked most; see <see cref="FactorModel"/>.</summary>
/// <param name="Rank">Factors of a user and of an item, 1 to 128. Default 8.</param>
/// <param name="Regularisation">The ridge penalty λ on factors and biases, above 0. Default 1: about one observation's weight.</param>
/// <param name="Sweeps">How often users and items are solved in a round, 1 to 100. Default 3: each round goes on from the one before.</param>
/// <param name="Temperature">The expected outcome is divided by it, 0 or more. Default 0: the largest.</param>
public sealed record FactorisationExposure(int Rank = 8, double Regularisation = 1, int Sweeps = 3, double Temperature = 0) : ExposurePolicy
{
    /// <inheritdoc/>
    public override string Formula => $"matrix-factorisation(rank {Rank}, regularisation {Number(Regularisation)}, sweeps {Sweeps}, temperature {Number(Temperature)})";

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        if (Rank is < 1 or > 128)
        {
            yield return $"The rank is {Rank}; expected 1 to 128.";
        }

        if (!(Regularisation > 0) || double.IsInfinity(Regularisation))
        {
            yield return $"The regularisation is {Number(Regularisation)}; expected a number above 0.";
        }

        if (Sweeps is < 1 or > 100)
        {
            yield return $"The number of sweeps is {Sweeps}; expected 1 to 100.";
        }

        foreach (string mistake in ValidateTemperature(Temperature))
        {
            yield return mistake;
        }
    }

    internal override double ScoreTemperature => Temperature;

    internal override IExposureModel Learn(ExposurePast past, IExposureModel? before, SimulationWork work) => FactorModel.Fit(past, this, before as FactorModel, work);
}
