using System.Globalization;

namespace Caudata.Simulation.Feedback;

/// <summary>The rule by which a world with rounds decides what each user is shown. A policy has no state of its own: what it learns is a function of the past.</summary>
/// <remarks>
/// Every policy is a mixture of rules that give each item a score and a probability. A slate is filled from position 1 on; at each position the item is drawn from those that are left, with probability
/// proportional to exp(score / temperature): the model of Plackett and Luce [plackett1975]. Temperature 0 takes the largest score, and any of those that are equal; an infinite one takes any item.
/// </remarks>
public abstract record ExposurePolicy
{
    private protected ExposurePolicy() { }

    /// <summary>The policy for people, and in the log: <c>epsilon 0.1 of popularity(temperature 0)</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>Scores are divided by it; 0 for the largest score, infinite for any item. Of a mixture NaN.</summary>
    internal virtual double ScoreTemperature => double.NaN;

    /// <summary>All mistakes of the options; empty when there is none.</summary>
    public abstract IEnumerable<string> Validate();

    /// <inheritdoc/>
    public sealed override string ToString() => Formula;

    /// <summary>What it has learned from the past; null for a rule whose scores do not come from the past.</summary>
    /// <param name="past">All rounds before.</param>
    /// <param name="before">What it had learned a round ago; null in the first.</param>
    /// <param name="work">Seed, threads, cancellation.</param>
    internal virtual IExposureModel? Learn(ExposurePast past, IExposureModel? before, SimulationWork work) => null;

    /// <summary>The score of an item for a user as an expression; null when the scores come from the past.</summary>
    internal virtual Expressions.Expression? Score(MistakeList mistakes) => null;

    /// <summary>The rules of the mixture with their shares, which sum to the share.</summary>
    /// <param name="share">The share of this policy.</param>
    internal virtual IEnumerable<(double Share, ExposurePolicy Rule)> Rules(double share) => [(share, this)];

    /// <summary>All rules, also those whose share is 0.</summary>
    internal virtual IEnumerable<ExposurePolicy> Leaves => [this];

    private protected static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private protected static IEnumerable<string> ValidateTemperature(double temperature)
    {
        if (!(temperature >= 0) || double.IsInfinity(temperature))
        {
            yield return $"The temperature is {Number(temperature)}; expected 0 or more. 0 takes the largest score.";
        }
    }
}

/// <summary>Scores that a policy has learned. Immutable, and read by several threads at once.</summary>
internal interface IExposureModel
{
    /// <summary>The scores of all items for a user; larger ones are shown first.</summary>
    /// <param name="user">The user.</param>
    /// <param name="scores">Receives the scores, shape [items].</param>
    void Score(int user, Span<double> scores);
}

/// <summary>What learning needs beside the past.</summary>
/// <param name="Seed">Seed of all noise.</param>
/// <param name="Threads">Most threads; what is learned does not depend on it.</param>
/// <param name="Cancellation">Stops the work.</param>
internal readonly record struct SimulationWork(ulong Seed, int Threads, CancellationToken Cancellation);
