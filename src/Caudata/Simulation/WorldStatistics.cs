using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Caudata.Numerics;

namespace Caudata.Simulation;

/// <summary>What a variable looks like over all units, and over those in which it is seen.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Units">Number of its units.</param>
/// <param name="Mean">Mean over all units.</param>
/// <param name="Deviation">Standard deviation over all units.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Largest">Largest value.</param>
/// <param name="Seen">Units in which it is seen; all where it has no indicator, 0 for a latent variable.</param>
/// <param name="SeenMean">Mean over those; NaN of none.</param>
/// <param name="Counts">Units by value, over all and over those seen; empty when it is not made of at most 24 whole numbers.</param>
/// <param name="SeenByColumn">How often it is seen by unit of its last entity; empty where there is no indicator or only one entity.</param>
public sealed record VariableStatistics(WorldVariable Variable, long Units, double Mean, double Deviation, double Least, double Largest, long Seen, double SeenMean,
    ImmutableSortedDictionary<int, (long All, long Seen)> Counts, ImmutableArray<int> SeenByColumn)
{
    /// <summary>How often it is seen, by each variable that decides on it; empty where there is none.</summary>
    public ImmutableArray<SeenBy> SeenBy { get; init; } = [];
}

/// <summary>How often a variable is seen, by the value of a cause of its being seen.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Points">By its value (of a number, the mean of a bin): units, and units in which the variable is seen.</param>
public sealed record SeenBy(WorldVariable Cause, ImmutableArray<(double Value, long Units, long Seen)> Points);

/// <summary>Collects the statistics of a simulated world in one pass over the units of each set of entities; memory is bounded by the block.</summary>
public static class WorldStatistics
{
    private const int MostValues = 24;

    /// <summary>The statistics of all variables in the order of declaration; of variables over the same entities in one pass.</summary>
    /// <param name="simulated">The world with its seed.</param>
    public static ImmutableArray<VariableStatistics> Collect(SimulatedWorld simulated)
    {
        Dictionary<string, VariableStatistics> found = new(StringComparer.Ordinal);
        foreach (IGrouping<string, WorldVariable> plate in simulated.World.Variables.GroupBy(v => string.Join(',', v.Indices)))
        {
            WorldVariable[] variables = [.. plate];
            ImmutableArray<WorldVariable>[] causes = [.. variables.Select(v => Causes(simulated.World, v))];
            int[][] crossed = [.. causes.Select(list => list.Select(cause => Array.IndexOf(variables, cause)).Where(place => place >= 0).ToArray())];
            List<string> names = [.. variables.Select(v => v.Name)];
            int[] indicators = [.. variables.Select(v => simulated.World.Indicators.FirstOrDefault(r => r.Of == v.Name) is { } r ? Place(names, r.Name) : -1)];
            Accumulator[] totals = [.. crossed.Select(places => new Accumulator(places.Length))];
            simulated.Run(names, (_, rows) =>
            {
                Accumulator[] block = [.. crossed.Select(places => new Accumulator(places.Length))];
                rows.ForEach(row =>
                {
                    for (int k = 0; k < block.Length; k++)
                    {
                        block[k].Add(row[k], indicators[k] < 0 ? [] : row[indicators[k]]);
                        for (int c = 0; c < crossed[k].Length; c++)
                        {
                            block[k].Cross(c, row[crossed[k][c]], row[indicators[k]]);
                        }
                    }
                });
                return block;
            }, (_, block) =>
            {
                for (int k = 0; k < block.Length; k++)
                {
                    totals[k].Add(block[k]);
                }
            });
            for (int k = 0; k < variables.Length; k++)
            {
                found.Add(variables[k].Name, totals[k].Finish(variables[k], indicators[k] >= 0) with
                {
                    SeenBy = [.. causes[k].Select(cause => Array.IndexOf(variables, cause) is >= 0 and int place ? totals[k].By(cause, Array.IndexOf(crossed[k], place), totals[place])
                        : totals[k].By(cause, simulated.Read(cause.Name)[0], cause.Indices[0] == variables[k].Indices[0])).OfType<SeenBy>()],
                });
            }
        }

        return [.. simulated.World.Variables.Select(v => found[v.Name])];
    }

    // The variables that the indicator of a variable depends on, over the same two entities or over one of them.
    private static ImmutableArray<WorldVariable> Causes(World world, WorldVariable variable)
    {
        if (variable.Indices.Length != 2 || world.Indicators.FirstOrDefault(r => r.Of == variable.Name) is not { Mechanism: { } mechanism })
        {
            return [];
        }

        return [.. world.Variables.Where(v => mechanism.Names.Any(n => n.Text == v.Name) && (v.Indices.SequenceEqual(variable.Indices) || (v.Indices.Length == 1 && variable.Indices.Contains(v.Indices[0]))))];
    }

    private static int Place(List<string> names, string name)
    {
        names.Add(name);
        return names.Count - 1;
    }

    // Sums of a block; blocks are joined in order, so the bytes do not depend on threads.
    private sealed class Accumulator(int crossings)
    {
        private const int MostBins = 25;

        private readonly long[][] _cross = [.. Enumerable.Range(0, crossings).Select(_ => new long[MostValues])];
        private readonly List<int> _byRow = [];
        private readonly long[] _all = new long[MostValues], _seen = new long[MostValues];
        private long _units, _seenUnits;
        private CompensatedSum _sum, _squares, _seenSum;
        private double _least = double.PositiveInfinity, _largest = double.NegativeInfinity;
        private bool _isWhole = true;
        private int[] _byColumn = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<double> values, ReadOnlySpan<double> seen)
        {
            double sum = 0, squares = 0, seenSum = 0, least = _least, largest = _largest;
            bool whole = _isWhole;
            long seenBefore = _seenUnits;
            if (!seen.IsEmpty && _byColumn.Length == 0)
            {
                _byColumn = new int[seen.Length];
            }

            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                sum += value;
                squares += value * value;
                least = value < least ? value : least;
                largest = value > largest ? value : largest;
                int integer = (int)value;
                whole &= integer == value && (uint)integer < MostValues;
                if (whole)
                {
                    _all[integer]++;
                }

                if (!seen.IsEmpty && seen[i] != 0)
                {
                    seenSum += value;
                    _seenUnits++;
                    _byColumn[i]++;
                    if (whole)
                    {
                        _seen[integer]++;
                    }
                }
            }

            _byRow.Add((int)(_seenUnits - seenBefore));
            _units += values.Length;
            _sum.Add(sum);
            _squares.Add(squares);
            _seenSum.Add(seenSum);
            (_least, _largest, _isWhole) = (least, largest, whole);
        }

        /// <summary>Counts where it is seen by the value of another variable over the same entities.</summary>
        public void Cross(int crossing, ReadOnlySpan<double> cause, ReadOnlySpan<double> seen)
        {
            for (int i = 0; i < seen.Length; i++)
            {
                if (seen[i] != 0 && cause[i] is >= 0 and < MostValues)
                {
                    _cross[crossing][(int)cause[i]]++;
                }
            }
        }

        public void Add(Accumulator block)
        {
            _byRow.AddRange(block._byRow);
            for (int c = 0; c < _cross.Length; c++)
            {
                for (int v = 0; v < MostValues; v++)
                {
                    _cross[c][v] += block._cross[c][v];
                }
            }

            _units += block._units;
            _seenUnits += block._seenUnits;
            _sum.Add(block._sum.Value);
            _squares.Add(block._squares.Value);
            _seenSum.Add(block._seenSum.Value);
            _least = Math.Min(_least, block._least);
            _largest = Math.Max(_largest, block._largest);
            _isWhole &= block._isWhole;
            for (int v = 0; v < MostValues; v++)
            {
                _all[v] += block._all[v];
                _seen[v] += block._seen[v];
            }

            if (_byColumn.Length == 0)
            {
                _byColumn = block._byColumn;
            }
            else
            {
                for (int i = 0; i < _byColumn.Length; i++)
                {
                    _byColumn[i] += block._byColumn[i];
                }
            }
        }

        /// <summary>How often it is seen by the whole value of another variable; null when that has others.</summary>
        public SeenBy? By(WorldVariable cause, int crossing, Accumulator other) => !other._isWhole ? null
            : By(cause, Enumerable.Range(0, MostValues).Where(v => other._all[v] > 0).Select(v => ((double)v, other._all[v], _cross[crossing][v])));

        /// <summary>How often it is seen by a variable over rows or columns, in bins of about as many units.</summary>
        public SeenBy By(WorldVariable cause, double[] values, bool isOfRows)
        {
            int[] units = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
            int bins = Math.Min(MostBins, units.Length);
            long each = _units / values.Length;
            return By(cause, Enumerable.Range(0, bins).Select(b => units[(int)((long)b * units.Length / bins)..(int)((long)(b + 1) * units.Length / bins)])
                .Select(bin => (bin.Average(i => values[i]), bin.Length * each, bin.Sum(i => (long)(isOfRows ? _byRow[i] : _byColumn[i])))));
        }

        private static SeenBy By(WorldVariable cause, IEnumerable<(double Value, long Units, long Seen)> points) => new(cause, [.. points]);

        public VariableStatistics Finish(WorldVariable variable, bool hasIndicator)
        {
            double mean = _sum.Value / _units, variance = Math.Max(0, (_squares.Value / _units) - (mean * mean));
            long seen = variable.IsLatent ? 0 : hasIndicator ? _seenUnits : _units;
            double seenMean = seen == 0 ? double.NaN : hasIndicator ? _seenSum.Value / seen : mean;
            var counts = ImmutableSortedDictionary<int, (long, long)>.Empty;
            if (_isWhole)
            {
                counts = Enumerable.Range(0, MostValues).Where(v => _all[v] > 0).ToImmutableSortedDictionary(v => v, v => (_all[v], variable.IsLatent ? 0 : hasIndicator ? _seen[v] : _all[v]));
            }

            return new VariableStatistics(variable, _units, mean, Math.Sqrt(variance), _least, _largest, seen, seenMean, counts, hasIndicator && variable.Indices.Length >= 2 ? [.. _byColumn] : []);
        }
    }
}
