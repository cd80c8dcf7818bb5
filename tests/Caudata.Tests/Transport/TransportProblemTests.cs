using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class TransportProblemTests
{
    [Fact]
    public void Without_weights_every_row_and_column_weighs_the_same()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(4, 5, 1));
        Assert.All(problem.RowWeights.ToArray(), w => Assert.Equal(0.25, w));
        Assert.All(problem.ColumnWeights.ToArray(), w => Assert.Equal(0.2, w));
        Assert.Equal(1, problem.TotalMass, 1e-15);
    }

    [Fact]
    public void Unequal_totals_are_refused_with_both_sums() =>
        AssertRefused([0.5, 0.5], [0.5, 0.25], "rowWeights sum to 1 and columnWeights to 0.75; balanced transport needs equal totals. Divide each side by its own sum.");

    [Fact]
    public void Every_mistake_is_told_at_once() =>
        AssertRefused([0.5, -1], [double.NaN, 1], "rowWeights[1] is -1; every weight must be a finite number of at least 0.\ncolumnWeights[0] is NaN; every weight must be a finite number of at least 0.");

    [Fact]
    public void A_wrong_number_of_weights_is_refused() => AssertRefused([1], [0.5, 0.5], "rowWeights holds 1 weights; the cost has 2 rows. Give one weight each, or none for equal weights.");

    [Fact]
    public void No_mass_at_all_is_refused() => AssertRefused([0, 0], [0.5, 0.5], "rowWeights sum to 0; at least one weight must be positive and the sum finite.");

    private static void AssertRefused(double[] a, double[] b, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TransportProblem(new CostMatrix([1, 2, 3, 4], 2, 2), a, b));
        Assert.Equal(message, error.Message.ReplaceLineEndings("\n"));
    }
}
