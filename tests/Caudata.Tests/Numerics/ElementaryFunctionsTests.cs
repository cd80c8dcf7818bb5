using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class ElementaryFunctionsTests
{
    private static double Log(double x) => ElementaryFunctions.Log(new Lanes1(x)).Value;

    private static double Exp(double x) => ElementaryFunctions.Exp(new Lanes1(x)).Value;

    [Fact]
    public void Logarithms_are_within_three_units_of_the_last_place()
    {
        RandomStream random = new(1, "log");
        for (int i = 0; i < 100_000; i++)
        {
            double x = i % 3 == 0 ? random.NextDouble() : i % 3 == 1 ? 1 + ((random.NextDouble() - 0.5) * 1e-3) : Math.ScaleB(random.NextDouble() + 0.5, random.NextInt32(2000) - 1000);
            Assert.True(Units(Log(x), Math.Log(x)) <= 3, $"log({x:R}) = {Log(x):R}, expected {Math.Log(x):R}");
        }
    }

    [Fact]
    public void Exponentials_are_within_three_units_of_the_last_place()
    {
        RandomStream random = new(2, "exp");
        for (int i = 0; i < 100_000; i++)
        {
            double x = i % 2 == 0 ? random.NextNormal() : (random.NextDouble() - 0.5) * 1400;
            Assert.True(Units(Exp(x), Math.Exp(x)) <= 3, $"exp({x:R}) = {Exp(x):R}, expected {Math.Exp(x):R}");
        }
    }

    [Fact]
    public void Sine_and_cosine_of_a_turn_are_within_a_hair()
    {
        RandomStream random = new(3, "turn");
        for (int i = 0; i < 100_000; i++)
        {
            double u = i < 9 ? i / 8.0 : random.NextDouble();
            ElementaryFunctions.SinCosOfTurn(new Lanes1(u), out Lanes1 sin, out Lanes1 cos);
            Assert.Equal(Math.Sin(2 * Math.PI * u), sin.Value, 1e-15);
            Assert.Equal(Math.Cos(2 * Math.PI * u), cos.Value, 1e-15);
        }
    }

    [Fact]
    public void Special_numbers_have_their_limits()
    {
        Assert.Equal(double.NegativeInfinity, Log(0));
        Assert.Equal(double.PositiveInfinity, Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(Log(-1)) && double.IsNaN(Log(double.NaN)) && double.IsNaN(Exp(double.NaN)));
        Assert.True(Units(Log(double.Epsilon), Math.Log(double.Epsilon)) <= 3);
        Assert.Equal(0, Log(1));
        Assert.Equal(1, Exp(0));
        Assert.Equal(double.PositiveInfinity, Exp(710));
        Assert.Equal(0, Exp(-746));
        Assert.Equal(0, Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Exp(double.PositiveInfinity));
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        RandomStream random = new(4, "width");
        double[] x = [.. Enumerable.Range(0, 4096).Select(i => i switch { 0 => 0, 1 => double.NaN, 2 => double.PositiveInfinity, 3 => -1, _ => Math.ScaleB(random.NextNormal(), random.NextInt32(20) - 10) })];
        foreach (Func<double[], double[]> wide in (Func<double[], double[]>[])[Wide<Lanes512>, Wide<Lanes256>])
        {
            if ((wide == Wide<Lanes512> && !Lanes512.IsSupported) || !Lanes256.IsSupported)
            {
                continue;
            }

            Assert.Equal(Wide<Lanes1>(x).Select(BitConverter.DoubleToUInt64Bits), wide(x).Select(BitConverter.DoubleToUInt64Bits));
        }
    }

    // Logarithm, exponential, logistic function, sine and cosine one after the other.
    private static double[] Wide<L>(double[] x) where L : struct, ILanes<L>
    {
        double[] result = new double[5 * x.Length];
        for (int i = 0; i < x.Length; i += L.Count)
        {
            L value = L.Load(ref x[i]);
            L.Store(ElementaryFunctions.Log(value), ref result[i]);
            L.Store(ElementaryFunctions.Exp(value), ref result[x.Length + i]);
            L.Store(ElementaryFunctions.Sigmoid(value), ref result[(2 * x.Length) + i]);
            ElementaryFunctions.SinCosOfTurn(ElementaryFunctions.Sigmoid(value), out L sin, out L cos);
            L.Store(sin, ref result[(3 * x.Length) + i]);
            L.Store(cos, ref result[(4 * x.Length) + i]);
        }

        return result;
    }

    private static double Units(double found, double expected) =>
        found == expected || (double.IsNaN(found) && double.IsNaN(expected)) ? 0 : Math.Abs(found - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
}
