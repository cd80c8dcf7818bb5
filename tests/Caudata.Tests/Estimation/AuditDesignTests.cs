using Caudata.Estimation;

namespace Caudata.Tests.Estimation;

public sealed class AuditDesignTests
{
    private static double[] Scores(int n) => [.. Enumerable.Range(0, n).Select(i => Math.Pow((i * 7919 % n) / (double)n, 3))];

    [Theory]
    [InlineData(1000, 50)]
    [InlineData(13, 5)]
    [InlineData(13, 13)]
    [InlineData(5, 5)]
    public void Every_document_has_a_chance_and_the_chances_add_up_to_the_size(int n, int size)
    {
        AuditDesign design = AuditDesign.Stratified(Scores(n), size);
        Assert.All(Enumerable.Range(0, n), i => Assert.InRange(design.Inclusion(i), 1e-9, 1));
        Assert.Equal(size, Enumerable.Range(0, n).Sum(design.Inclusion), 9);
        Assert.Equal(size, design.Sample.Sum());
    }

    [Fact]
    public void High_scores_are_read_more_and_the_floor_holds()
    {
        double[] scores = Scores(10_000);
        AuditDesign design = AuditDesign.Stratified(scores, 500);
        double[] byStratum = [.. Enumerable.Range(0, 5).Select(h => (double)design.Sample[h] / design.Population[h])];
        Assert.Equal(byStratum.Order(), byStratum);
        Assert.True(byStratum[0] >= 0.25 * 0.05 - 0.001);
        Assert.True(byStratum[4] > 0.08);
    }

    [Fact]
    public void Equal_scores_give_a_uniform_audit()
    {
        AuditDesign design = AuditDesign.Stratified(new double[1000], 50);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(0.05, design.Inclusion(i), 12));
    }

    [Fact]
    public void The_draw_is_repeatable_sorted_distinct_and_as_often_as_stated()
    {
        AuditDesign design = AuditDesign.Stratified(Scores(60), 12, 3);
        Assert.Equal(design.Draw(4), design.Draw(4));
        Assert.NotEqual(design.Draw(4), design.Draw(5));
        double[] hits = new double[60];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var drawn = design.Draw(seed);
            Assert.Equal(12, drawn.Distinct().Count());
            Assert.Equal(drawn.Order(), drawn);
            foreach (int i in drawn)
            {
                hits[i] += 1 / 3000.0;
            }
        }

        Assert.All(Enumerable.Range(0, 60), i => Assert.InRange(hits[i], design.Inclusion(i) - 0.045, design.Inclusion(i) + 0.045));
    }

    [Fact]
    public void A_uniform_audit_is_one_stratum()
    {
        AuditDesign design = AuditDesign.Uniform(100, 7);
        Assert.Equal(0.07, design.Inclusion(99), 12);
        Assert.Equal(7, design.Draw(1).Length);
    }

    [Fact]
    public void Mistakes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AuditDesign.Uniform(10, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => AuditDesign.Uniform(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AuditDesign.Stratified(Scores(10), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => AuditDesign.Stratified(Scores(10), 8, floor: 0));
        Assert.Throws<ArgumentException>(() => AuditDesign.Stratified([1, 2, double.NaN, 4, 5], 5));
    }
}
