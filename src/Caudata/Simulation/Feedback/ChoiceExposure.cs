using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Feedback;

/// <summary>The user's own choice: the score is an expression of the world, for example what the user expects of an item. A multinomial logit [mcfadden1974] at temperature 1.</summary>
/// <param name="Utility">An expression over the user and the item. It may read every variable, <c>time</c>, <c>exposures</c> and <c>crowd</c>, and draws nothing by itself.</param>
/// <param name="Temperature">The score is divided by it, 0 or more. Default 1.</param>
public sealed record ChoiceExposure(string Utility, double Temperature = 1) : ExposurePolicy
{
    /// <inheritdoc/>
    public override string Formula => $"choice({Utility}, temperature {Number(Temperature)})";

    /// <summary>The expression where it was read from a file, with its places.</summary>
    internal Expression? Parsed { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => ValidateTemperature(Temperature);

    internal override double ScoreTemperature => Temperature;

    internal override Expression? Score(MistakeList mistakes) => Parsed ?? ExpressionParser.Parse(Utility, default, exact: false, mistakes);
}
