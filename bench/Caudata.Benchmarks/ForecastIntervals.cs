using System.Globalization;
using Caudata.Estimation;
using Caudata.Numerics;

namespace Caudata.Benchmarks;

/// <summary>How often the intervals of the forecast hold, over a grid of made-up populations: <c>-- forecast-intervals [seeds]</c>.</summary>
public static class ForecastIntervals
{
    private static readonly string[] Methods = ["normal", "log-normal", "gamma, largest seen", "forecast, HT", "forecast, doubly robust"];

    private sealed record Cell(int N, double Fraction, double Share, bool Predicts, string Sizes, double Mean, double Dispersion, bool Stratified);

    private sealed record Outcome(Cell Cell, double[] Covered95, double[] Covered90, double[] Width, double NonZero);

    public static int Run(int seeds)
    {
        List<Cell> cells = [];
        foreach ((int n, double f) in new[] { (2_000, 0.02), (2_000, 0.05), (25_000, 0.01), (25_000, 0.05) })
        {
            foreach (double share in new[] { 0.001, 0.005, 0.02, 0.2 })
            {
                foreach ((string sizes, double mean, double dispersion) in new[] { ("light", 1, 1), ("heavy", 8, 0.3), ("extreme", 20, 0.15) })
                {
                    foreach (bool predicts in new[] { true, false })
                    {
                        cells.Add(new Cell(n, f, share, predicts, sizes, mean, dispersion, false));
                        cells.Add(new Cell(n, f, share, predicts, sizes, mean, dispersion, true));
                    }
                }
            }
        }

        Outcome[] outcomes = new Outcome[cells.Count];
        Parallel.For(0, cells.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, c => outcomes[c] = Simulate(cells[c], c, seeds));
        Console.WriteLine($"{cells.Count} populations, {seeds} seeds each. Coverage of the 95 % interval: mean over populations, worst population, share of populations below 90 %; coverage of the 90 % interval: mean; width: median over populations of the median upper limit divided by the truth.");
        foreach ((string title, Func<Outcome, bool> where) in new (string, Func<Outcome, bool>)[]
        {
            ("all", _ => true),
            ("fewer than 1 non-zero document sampled on average", o => o.NonZero < 1),
            ("1 to 5", o => o.NonZero is >= 1 and < 5),
            ("5 to 20", o => o.NonZero is >= 5 and < 20),
            ("20 and more", o => o.NonZero >= 20),
            ("light tails", o => o.Cell.Sizes == "light"),
            ("heavy tails", o => o.Cell.Sizes == "heavy"),
            ("extreme tails", o => o.Cell.Sizes == "extreme"),
            ("score predicts, uniform audit", o => o.Cell.Predicts && !o.Cell.Stratified),
            ("score predicts, stratified audit", o => o.Cell.Predicts && o.Cell.Stratified),
            ("score is noise, uniform audit", o => !o.Cell.Predicts && !o.Cell.Stratified),
            ("score is noise, stratified audit", o => !o.Cell.Predicts && o.Cell.Stratified),
        })
        {
            Outcome[] group = [.. outcomes.Where(where)];
            Console.WriteLine($"\n**{title}** ({group.Length} populations)\n\n| method | mean | worst | below 90 % | 90 % interval | width |\n|---|---|---|---|---|---|");
            for (int m = 0; m < Methods.Length; m++)
            {
                double[] covered = [.. group.Select(o => o.Covered95[m])];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Methods[m]} | {100 * covered.Average():F1} % | {100 * covered.Min():F0} % | {100.0 * covered.Count(x => x < 0.9) / covered.Length:F0} % | {100 * group.Average(o => o.Covered90[m]):F1} % | {group.Select(o => o.Width[m]).Order().ElementAt(group.Length / 2):F1} |"));
            }
        }

        Console.WriteLine("\nPopulations where a forecast interval held in fewer than 90 % of the seeds:\n\n| N | audit | non-zero | sizes | score | design | sampled non-zero | HT | doubly robust |\n|---|---|---|---|---|---|---|---|---|");
        foreach (Outcome o in outcomes.Where(o => o.Covered95[3] < 0.9 || o.Covered95[4] < 0.9))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {o.Cell.N} | {100 * o.Cell.Fraction:F0} % | {100 * o.Cell.Share:F1} % | {o.Cell.Sizes} | {(o.Cell.Predicts ? "predicts" : "noise")} | {(o.Cell.Stratified ? "stratified" : "uniform")} | {o.NonZero:F1} | {100 * o.Covered95[3]:F0} % | {100 * o.Covered95[4]:F0} % |"));
        }

        return 0;
    }

    private static Outcome Simulate(Cell cell, int index, int seeds)
    {
        int n = cell.N, size = (int)(cell.Fraction * n);
        double[] covered95 = new double[Methods.Length], covered90 = new double[Methods.Length];
        double[][] width = [.. Methods.Select(_ => new double[seeds])];
        double nonZero = 0;
        double[] scores = new double[n], expected = new double[n];
        for (int i = 0; i < n; i++)
        {
            // The last documents have the highest scores. The score that predicts is proportional to the chance of pairs; the other has the same values.
            expected[i] = scores[i] = Math.Pow((i + 0.5) / n, 7);
        }

        AuditDesign design = cell.Stratified ? AuditDesign.Stratified(scores, size) : AuditDesign.Uniform(n, size);
        bool[] chosen = new bool[n];
        chosen.AsSpan((int)(0.95 * n)).Fill(true);
        double[] inclusion = [.. Enumerable.Range(0, n).Select(design.Inclusion)];
        for (int seed = 0; seed < seeds; seed++)
        {
            RandomStream stream = new RandomStream((ulong)seed, "population", (ulong)index);
            double[] y = new double[n];
            double truth = 0;
            for (int i = 0; i < n; i++)
            {
                double p = cell.Predicts ? Math.Min(1, cell.Share * 8 * expected[i]) : cell.Share;
                if (stream.NextDouble() < p)
                {
                    y[i] = 1 + NextPoisson(ref stream, cell.Mean / cell.Dispersion * NextGamma(ref stream, cell.Dispersion));
                }
            }

            int[] sample = [.. design.Draw((ulong)(1000 * index) + (ulong)seed)];
            bool[] audited = new bool[n];
            double found = 0;
            foreach (int i in sample)
            {
                audited[i] = true;
            }

            List<double> z = [];
            double total = 0, variance = 0, largest = 0, wide = 0;
            for (int i = 0; i < n; i++)
            {
                truth += chosen[i] || audited[i] ? 0 : y[i];
                if (!chosen[i] && audited[i])
                {
                    double w = y[i] / inclusion[i];
                    total += w;
                    variance += (1 - inclusion[i]) * w * w;
                    largest = Math.Max(largest, w);
                    wide = Math.Max(wide, 1 / inclusion[i]);
                    found += y[i];
                    nonZero += y[i] > 0 ? 1.0 / seeds : 0;
                }
            }

            double[] predictions = new double[n], outOfFold = new double[n], out1 = new double[sample.Length];
            IsotonicRegression.CrossFit(scores, sample, [.. sample.Select(i => y[i])], [.. sample.Select(i => inclusion[i])], 5, (ulong)seed, predictions, out1);
            for (int i = 0; i < sample.Length; i++)
            {
                outOfFold[sample[i]] = out1[i];
            }

            UnreadEstimate estimate = UnreadForecast.Estimate(new UnreadQuestion
            {
                Inclusion = inclusion,
                Audited = audited,
                Chosen = chosen,
                Counts = y,
                Predictions = predictions,
                OutOfFold = outOfFold,
            });
            foreach ((double level, double quantile, double[] covered) in new[] { (0.95, 1.959964, covered95), (0.90, 1.644854, covered90) })
            {
                double sd = Math.Sqrt(variance), log = total > 0 ? Math.Sqrt(Math.Log(1 + (variance / (total * total)))) : 0;
                (double Low, double High) gamma = WeightedPoisson.Interval(total, variance, Math.Max(largest, wide), level);
                Forecast ht = estimate.HorvitzThompson, dr = estimate.DoublyRobust!;
                (double Low, double High)[] intervals =
                [
                    (total - (quantile * sd) - found, total + (quantile * sd) - found),
                    total > 0 ? ((total * Math.Exp(-quantile * log)) - found, (total * Math.Exp(quantile * log)) - found) : (0, 3 * wide),
                    (gamma.Low - found, gamma.High - found),
                    level == 0.95 ? (ht.Low95, ht.High95) : (ht.Low90, ht.High90),
                    level == 0.95 ? (dr.Low95, dr.High95) : (dr.Low90, dr.High90),
                ];
                for (int m = 0; m < intervals.Length; m++)
                {
                    covered[m] += intervals[m].Low <= truth && truth <= intervals[m].High ? 1.0 / seeds : 0;
                    width[m][seed] = level == 0.95 ? intervals[m].High / Math.Max(1, truth) : width[m][seed];
                }
            }
        }

        return new Outcome(cell, covered95, covered90, [.. width.Select(w => w.Order().ElementAt(seeds / 2))], nonZero);
    }

    /// <summary>Marsaglia and Tsang's rejection, boosted for shapes below 1.</summary>
    private static double NextGamma(ref RandomStream stream, double shape)
    {
        if (shape < 1)
        {
            return NextGamma(ref stream, shape + 1) * Math.Pow(1 - stream.NextDouble(), 1 / shape);
        }

        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = stream.NextNormal(), v = 1 + (c * x);
            v = v * v * v;
            if (v > 0 && Math.Log(1 - stream.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    private static double NextPoisson(ref RandomStream stream, double mean)
    {
        if (mean > 100)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * stream.NextNormal())));
        }

        int count = 0;
        for (double product = 1 - stream.NextDouble(), limit = Math.Exp(-mean); product > limit; product *= 1 - stream.NextDouble())
        {
            count++;
        }

        return count;
    }
}
