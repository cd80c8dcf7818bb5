namespace Caudata.Numerics;

/// <summary>A running sum whose rounding errors are added back at the end: error about 1 unit in the last place of the result plus n·2⁻¹⁰⁶ of the sum of magnitudes.</summary>
/// <remarks>[neumaier1974] Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (ZAMM 54, 1974), algorithm IV. A mutable struct: keep it in a local.</remarks>
public struct CompensatedSum
{
    private double _sum, _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    /// <summary>The sum of all numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        CompensatedSum sum = default;
        foreach (double x in values)
        {
            sum.Add(x);
        }

        return sum.Value;
    }

    /// <summary>Adds one number.</summary>
    /// <param name="x">The number.</param>
    public void Add(double x)
    {
        double next = _sum + x;
        _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - next + x : x - next + _sum;
        _sum = next;
    }
}
