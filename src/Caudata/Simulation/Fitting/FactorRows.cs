using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>The rows of one side of a factor model, and the variances of its priors.</summary>
internal sealed class FactorRows
{
    private readonly bool _isUsers;

    /// <summary>Rows whose effects are 0.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="rank">Number of factors K.</param>
    /// <param name="isUsers">True for users, whose effect stands at K; that of items stands at K + 1.</param>
    public FactorRows(int units, int rank, bool isUsers)
    {
        (Units, Rank, _isUsers, Width) = (units, rank, isUsers, FactorStep.Width(rank));
        Values = new float[units * Width];
        for (int u = 0; u < units; u++)
        {
            Values[(u * Width) + rank + (isUsers ? 1 : 0)] = 1;
        }

        Free = [.. Enumerable.Range(0, rank), EffectPlace];
        Variance = [.. Enumerable.Repeat(1.0, rank), 1.0];
        Doubt = new float[units * (rank + 1)];
    }

    public int Units { get; }

    public int Rank { get; }

    /// <summary>Numbers of a row.</summary>
    public int Width { get; }

    /// <summary>All rows, shape [units, width].</summary>
    public float[] Values { get; }

    /// <summary>Places of the numbers that belong to the unit: its factors and its effect.</summary>
    public int[] Free { get; }

    /// <summary>Variance of the prior of each free number.</summary>
    public double[] Variance { get; set; }

    /// <summary>False in the first rounds, when all values are far from where they will be and doubt about them would only hold them near 0.</summary>
    public bool KeepsDoubt { get; set; }

    /// <summary>How uncertain each unit's free numbers still are: their posterior variances, shape [units, K + 1]. 0 before the first pass, and after a draw.</summary>
    public float[] Doubt { get; }

    private int EffectPlace => Rank + (_isUsers ? 0 : 1);

    /// <summary>A unit's row.</summary>
    public Span<float> Row(int unit) => Values.AsSpan(unit * Width, Width);

    /// <summary>A unit's effect.</summary>
    public ref float Effect(int unit) => ref Values[(unit * Width) + EffectPlace];

    /// <summary>Posterior variances of a unit's free numbers.</summary>
    public Span<float> DoubtOf(int unit) => Doubt.AsSpan(unit * (Rank + 1), Rank + 1);

    /// <summary>Multiplies a free number of all units, with its prior and its doubt.</summary>
    public void Scale(int number, float factor)
    {
        Variance[number] *= factor * factor;
        for (int unit = 0; unit < Units; unit++)
        {
            Values[(unit * Width) + Free[number]] *= factor;
            DoubtOf(unit)[number] *= factor * factor;
        }
    }

    /// <summary>Small normal factors to start from, by unit.</summary>
    public void Scatter(ulong seed, string stream, float deviation)
    {
        NoiseKey key = NoiseKey.Of(seed, stream);
        double[] noise = new double[Rank];
        for (int u = 0; u < Units; u++)
        {
            KeyedNoise.Normal(key.Row((ulong)u), 0, noise);
            for (int k = 0; k < Rank; k++)
            {
                Values[(u * Width) + k] = deviation * (float)noise[k];
            }
        }
    }
}
