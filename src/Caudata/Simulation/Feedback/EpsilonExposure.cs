using System.Globalization;

namespace Caudata.Simulation.Feedback;

/// <summary>A mixture: at each position of a slate, with probability ε the item is drawn by one policy, else by the other, from what is left.</summary>
/// <param name="Epsilon">The probability ε, 0 to 1.</param>
/// <param name="Of">The policy that decides else.</param>
/// <param name="With">The policy that decides with probability ε. Default: <see cref="RandomExposure"/>.</param>
public sealed record EpsilonExposure(double Epsilon, ExposurePolicy Of, ExposurePolicy? With = null) : ExposurePolicy
{
    /// <summary>The policy that decides with probability ε.</summary>
    public ExposurePolicy With { get; } = With ?? new RandomExposure();

    /// <inheritdoc/>
    public override string Formula => string.Create(CultureInfo.InvariantCulture, $"epsilon {Epsilon:R} of {Of.Formula}{(With is RandomExposure ? "" : $" with {With.Formula}")}");

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        if (Epsilon is not (>= 0 and <= 1))
        {
            yield return $"Epsilon is {Number(Epsilon)}; expected a probability from 0 to 1.";
        }

        foreach (string mistake in Of.Validate().Concat(With.Validate()))
        {
            yield return mistake;
        }
    }

    internal override IEnumerable<ExposurePolicy> Leaves => [.. Of.Leaves, .. With.Leaves];

    // Parts without a share are left out: they cost time and change nothing.
    internal override IEnumerable<(double Share, ExposurePolicy Rule)> Rules(double share) =>
        [.. Epsilon < 1 ? Of.Rules(share * (1 - Epsilon)) : [], .. Epsilon > 0 ? With.Rules(share * Epsilon) : []];
}
