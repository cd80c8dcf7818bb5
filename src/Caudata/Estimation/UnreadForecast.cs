namespace Caudata.Estimation;

/// <summary>What is known when the number of relevant pairs in the unread documents is asked for. All spans have one entry a document, shape [N].</summary>
public sealed record UnreadQuestion
{
    /// <summary>π: probability that the audit reads the document, each in (0, 1]; fixed before the run.</summary>
    public required ReadOnlyMemory<double> Inclusion { get; init; }

    /// <summary>Whether the audit read the document.</summary>
    public required ReadOnlyMemory<bool> Audited { get; init; }

    /// <summary>Whether the document is of the policy's own choice. A document that both read is the policy's, and is in both.</summary>
    public required ReadOnlyMemory<bool> Chosen { get; init; }

    /// <summary>y: relevant pairs of the document; at least 0 where it was audited or chosen, ignored elsewhere.</summary>
    public required ReadOnlyMemory<double> Counts { get; init; }

    /// <summary>What reading the document costs, at least 0, in the unit of the budget; empty when costs are not asked for.</summary>
    public ReadOnlyMemory<double> Costs { get; init; }

    /// <summary>ŷ: predicted relevant pairs, at least 0; empty for no doubly robust estimate. Must not depend on the document's own audit: fixed before, or cross-fitted.</summary>
    public ReadOnlyMemory<double> Predictions { get; init; }

    /// <summary>ŷ of the audited documents by a model that has not seen them, in their places (ignored elsewhere); empty where <see cref="Predictions"/> serve.</summary>
    public ReadOnlyMemory<double> OutOfFold { get; init; }
}

/// <summary>How the forecast is made.</summary>
public sealed record UnreadForecastOptions
{
    /// <summary>Whether the policy chose without seeing the audit. Default true. If false, the total of <em>all</em> documents is estimated from the audit and the known
    /// pairs are taken off: unbiased also for a policy that learned from the audit, at a wider interval.</summary>
    public bool AuditWasHidden { get; init; } = true;

    /// <summary>Relevant pairs that one more document could hold, for as long as fewer than <see cref="KnownForPlausible"/> documents with pairs are known; positive. Default 10:
    /// see docs/experiments.md, "Forecast intervals". No interval can hold without such a belief: one unseen document could hold anything.</summary>
    public double PlausibleCount { get; init; } = 10;

    /// <summary>Number of known documents with relevant pairs from which on only their sizes count; at least 1. Default 10.</summary>
    public int KnownForPlausible { get; init; } = 10;

    /// <summary>The most relevant pairs that any document can hold, where that is known (for example the most pairs of any kind found in one); positive. Default null.</summary>
    public double? LargestCount { get; init; }

    /// <summary>Whether the policy's choice may be believed to be no poorer than what is left: on average, an unread document holds no more relevant pairs than a chosen one. True of a policy
    /// that ranks no worse than chance. If true, the upper limit is at most the unread documents times the upper limit of the pairs in a chosen document, which is what tells when the audit is small.
    /// Default false: the audit alone speaks.</summary>
    public bool ChoiceIsNoPoorer { get; init; }

    /// <summary>All mistakes, empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (!(PlausibleCount > 0 && double.IsFinite(PlausibleCount)))
        {
            yield return $"PlausibleCount is {PlausibleCount}; expected a positive number.";
        }

        if (KnownForPlausible < 1)
        {
            yield return $"KnownForPlausible is {KnownForPlausible}; expected at least 1.";
        }

        if (LargestCount is { } largest && !(largest > 0 && double.IsFinite(largest)))
        {
            yield return $"LargestCount is {largest}; expected a positive number.";
        }
    }
}

/// <summary>A number with its intervals.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low90">Lower limit at 90 %.</param>
/// <param name="High90">Upper limit at 90 %.</param>
/// <param name="Low95">Lower limit at 95 %.</param>
/// <param name="High95">Upper limit at 95 %.</param>
public sealed record Forecast(double Value, double Low90, double High90, double Low95, double High95);

/// <summary>The forecast of what is unread.</summary>
public sealed record UnreadEstimate
{
    /// <summary>Relevant pairs in documents that nobody has read, by inverse probabilities alone.</summary>
    public required Forecast HorvitzThompson { get; init; }

    /// <summary>The same, doubly robust; null without predictions.</summary>
    public required Forecast? DoublyRobust { get; init; }

    /// <summary>Documents that nobody has read.</summary>
    public required int UnreadDocuments { get; init; }

    /// <summary>What reading all of them would cost; null without costs.</summary>
    public required double? UnreadCost { get; init; }

    /// <summary>Audited documents that the estimate rests on.</summary>
    public required int SampledDocuments { get; init; }

    /// <summary>How many of them hold relevant pairs. Below about five, the interval says more than the estimate.</summary>
    public required int SampledWithPairs { get; init; }

    /// <summary>Relevant pairs that were found outside the policy's choice by the audit alone; not part of the unread.</summary>
    public required double FoundByAudit { get; init; }

    /// <summary>What one further pair would cost if all unread documents were read: cost over the estimate (doubly robust where there is one); null without costs
    /// or when the estimate is 0.</summary>
    public double? CostPerPair => UnreadCost is { } cost && (DoublyRobust ?? HorvitzThompson).Value is > 0 and double value ? cost / value : null;
}

/// <summary>How many relevant pairs are still unread, with an interval that holds when few or none of the audited documents have any.</summary>
/// <remarks>
/// <para>The audit is a random sample with known probabilities. The audited documents outside the policy's choice estimate the total of all documents outside it; what
/// the audit itself found there is taken off, as it is no longer unread. Counts are mostly 0 with a heavy tail, so the interval is that of <see cref="WeightedPoisson"/>,
/// not the normal one. The weight of a document that could come next is the largest of (a) the largest weight seen, (b) one pair in the document with the
/// smallest π, and (c) a plausible size at the median weight of the documents in question. The plausible size comes from the K known documents with pairs, audited or chosen: the smaller of
/// max·(1 + 2/K) and rms·(1 + 4/√K), as the largest of a few understates the largest of many; with few known, at least
/// <see cref="UnreadForecastOptions.PlausibleCount"/>; never above <see cref="UnreadForecastOptions.LargestCount"/>.</para>
/// <para>Doubly robust: predictions of all documents plus the weighted errors of the audit. The errors upwards and downwards are two weighted sums with an interval each,
/// put together by the method of variance estimates recovery ([zou2008]).</para>
/// <para>With <see cref="UnreadForecastOptions.ChoiceIsNoPoorer"/> the upper limits are also bounded by what the policy's own choice held.</para>
/// <para>Values and limits below 0 are raised to 0. Covers at least 95 % in nearly all populations tried; where it does not is in docs/experiments.md.</para>
/// </remarks>
public static class UnreadForecast
{
    /// <summary>Makes the forecast. O(N log N).</summary>
    /// <param name="question">What is known.</param>
    /// <param name="options">How to make it; null for the defaults.</param>
    /// <exception cref="ArgumentException">Lengths differ, numbers are out of range, or no audited document is left to estimate from.</exception>
    public static UnreadEstimate Estimate(UnreadQuestion question, UnreadForecastOptions? options = null)
    {
        options ??= new UnreadForecastOptions();
        Check(question, options);
        ReadOnlySpan<double> inclusion = question.Inclusion.Span, counts = question.Counts.Span, costs = question.Costs.Span;
        ReadOnlySpan<double> predictions = question.Predictions.Span, outOfFold = question.OutOfFold.IsEmpty ? predictions : question.OutOfFold.Span;
        ReadOnlySpan<bool> audited = question.Audited.Span, chosen = question.Chosen.Span;

        List<double> weights = [];
        double total = 0, variance = 0, largest = 0, found = 0, known = 0, cost = 0, predicted = 0, smallest = 1;
        double up = 0, upVariance = 0, down = 0, downVariance = 0, downNext = 0;
        int sampled = 0, withPairs = 0, unread = 0, sizes = 0, choices = 0;
        double sizeMax = 0, sizeSquares = 0, chosenTotal = 0, chosenSquares = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (!audited[i] && !chosen[i])
            {
                unread++;
                cost += costs.IsEmpty ? 0 : costs[i];
            }
            else if (counts[i] > 0)
            {
                known += counts[i];
                sizes++;
                sizeMax = Math.Max(sizeMax, counts[i]);
                sizeSquares += counts[i] * counts[i];
            }

            if (chosen[i])
            {
                choices++;
                chosenTotal += counts[i];
                chosenSquares += counts[i] * counts[i];
            }

            // The domain: documents outside the policy's choice, or all when the policy could see the audit.
            if (options.AuditWasHidden && chosen[i])
            {
                continue;
            }

            double pi = inclusion[i];
            weights.Add(1 / pi);
            smallest = Math.Min(smallest, pi);
            predicted += predictions.IsEmpty ? 0 : predictions[i];
            if (!audited[i])
            {
                continue;
            }

            double y = counts[i], w = y / pi;
            sampled++;
            withPairs += y > 0 ? 1 : 0;
            total += w;
            variance += (1 - pi) * w * w;
            largest = Math.Max(largest, w);
            found += chosen[i] ? 0 : y;
            if (!predictions.IsEmpty)
            {
                double error = (y - outOfFold[i]) / pi;
                up += Math.Max(0, error);
                upVariance += error > 0 ? (1 - pi) * error * error : 0;
                down += Math.Max(0, -error);
                downVariance += error < 0 ? (1 - pi) * error * error : 0;
                downNext = Math.Max(downNext, outOfFold[i] / pi);
            }
        }

        if (unread == 0)
        {
            Forecast nothing = new Forecast(0, 0, 0, 0, 0);
            return new UnreadEstimate
            {
                HorvitzThompson = nothing,
                DoublyRobust = predictions.IsEmpty ? null : nothing,
                UnreadDocuments = 0,
                UnreadCost = costs.IsEmpty ? null : 0,
                SampledDocuments = sampled,
                SampledWithPairs = withPairs,
                FoundByAudit = found,
            };
        }

        if (sampled == 0)
        {
            throw new ArgumentException("No audited document lies outside the policy's choice, but unread documents are left; nothing can be said about them. Audit more documents.", nameof(question));
        }

        weights.Sort();
        double median = (weights[(weights.Count - 1) / 2] + weights[weights.Count / 2]) / 2;
        double size = PlausibleSize(sizes, sizeMax, sizeSquares, options), next = Math.Max(Math.Max(largest, 1 / smallest), median * size);
        double off = options.AuditWasHidden ? found : known;

        double Most(double level) => options.ChoiceIsNoPoorer && choices > 0 ? WeightedPoisson.Interval(chosenTotal, chosenSquares, size, level).High * unread / choices : double.PositiveInfinity;
        (double Low, double High) Plain(double level) => WeightedPoisson.Interval(total, variance, next, level);
        (double Low, double High) Robust(double level)
        {
            double value = predicted + up - down;
            (double upLow, double upHigh) = WeightedPoisson.Interval(up, upVariance, next, level);
            (double downLow, double downHigh) = downNext > 0 ? WeightedPoisson.Interval(down, downVariance, downNext, level) : (0, 0);
            return (value - double.Hypot(up - upLow, downHigh - down), value + double.Hypot(upHigh - up, down - downLow));
        }

        return new UnreadEstimate
        {
            HorvitzThompson = Floor(total, off, Plain, Most),
            DoublyRobust = predictions.IsEmpty ? null : Floor(predicted + up - down, off, Robust, Most),
            UnreadDocuments = unread,
            UnreadCost = costs.IsEmpty ? null : cost,
            SampledDocuments = sampled,
            SampledWithPairs = withPairs,
            FoundByAudit = found,
        };
    }

    /// <summary>Takes off what is known, raises what is below 0 to 0, and lowers the upper limits to what is believed possible, though never below the estimate.</summary>
    private static Forecast Floor(double value, double off, Func<double, (double Low, double High)> interval, Func<double, double> most)
    {
        double left = Math.Max(0, value - off);
        (double Low, double High) At(double level)
        {
            (double low, double high) = interval(level);
            double limit = Math.Max(left, Math.Min(high - off, most(level)));
            return (Math.Clamp(low - off, 0, limit), limit);
        }

        (double low90, double high90) = At(0.90);
        (double low95, double high95) = At(0.95);
        return new Forecast(left, low90, high90, low95, high95);
    }

    private static double PlausibleSize(int known, double max, double squares, UnreadForecastOptions options)
    {
        double size = known == 0 ? 0 : Math.Min(max * (1 + (2.0 / known)), Math.Sqrt(squares / known) * (1 + (4 / Math.Sqrt(known))));
        size = known < options.KnownForPlausible ? Math.Max(size, options.PlausibleCount) : size;
        return Math.Min(size, options.LargestCount ?? double.PositiveInfinity);
    }

    private static void Check(UnreadQuestion question, UnreadForecastOptions options)
    {
        List<string> mistakes = [.. options.Validate()];
        int n = question.Counts.Length;
        void Length(string name, int length, bool optional)
        {
            if (length != n && !(optional && length == 0))
            {
                mistakes.Add($"{name} has {length} entries; expected {n}, one a document{(optional ? ", or none" : "")}.");
            }
        }

        Length(nameof(question.Inclusion), question.Inclusion.Length, false);
        Length(nameof(question.Audited), question.Audited.Length, false);
        Length(nameof(question.Chosen), question.Chosen.Length, false);
        Length(nameof(question.Costs), question.Costs.Length, true);
        Length(nameof(question.Predictions), question.Predictions.Length, true);
        Length(nameof(question.OutOfFold), question.OutOfFold.Length, true);
        if (question.Predictions.IsEmpty && !question.OutOfFold.IsEmpty)
        {
            mistakes.Add("OutOfFold is given without Predictions; expected both or Predictions alone.");
        }

        for (int i = 0; i < n && mistakes.Count == 0; i++)
        {
            if (!(question.Inclusion.Span[i] > 0 && question.Inclusion.Span[i] <= 1))
            {
                mistakes.Add($"Inclusion[{i}] is {question.Inclusion.Span[i]}; expected a probability in (0, 1]. A document without a chance to be audited cannot be forecast.");
            }

            if ((question.Audited.Span[i] || question.Chosen.Span[i]) && !(question.Counts.Span[i] >= 0 && double.IsFinite(question.Counts.Span[i])))
            {
                mistakes.Add($"Counts[{i}] is {question.Counts.Span[i]}; expected a finite number of at least 0 for a document that was read.");
            }

            if (!question.Costs.IsEmpty && !(question.Costs.Span[i] >= 0 && double.IsFinite(question.Costs.Span[i])))
            {
                mistakes.Add($"Costs[{i}] is {question.Costs.Span[i]}; expected a finite number of at least 0.");
            }

            if (!question.Predictions.IsEmpty && !(question.Predictions.Span[i] >= 0 && double.IsFinite(question.Predictions.Span[i])))
            {
                mistakes.Add($"Predictions[{i}] is {question.Predictions.Span[i]}; expected a finite number of at least 0.");
            }

            if (!question.OutOfFold.IsEmpty && question.Audited.Span[i] && !(question.OutOfFold.Span[i] >= 0 && double.IsFinite(question.OutOfFold.Span[i])))
            {
                mistakes.Add($"OutOfFold[{i}] is {question.OutOfFold.Span[i]}; expected a finite number of at least 0 for an audited document.");
            }
        }

        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", mistakes), nameof(question));
        }
    }
}
