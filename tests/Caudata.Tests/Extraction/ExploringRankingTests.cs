using Caudata.Extraction;
using Caudata.Numerics;

namespace Caudata.Tests.Extraction;

public sealed class ExploringRankingTests
{
    [Theory]
    [InlineData(12, 5, 0.3)]
    [InlineData(12, 5, 0.2)] // a whole number of draws
    [InlineData(12, 1, 0.05)]
    [InlineData(6, 5, 0.5)]
    [InlineData(4, 4, 0.05)]
    [InlineData(9, 3, 1)]
    public void EveryDocumentIsNamedAsOftenAsItsProbabilitySays(int documents, int places, double exploration)
    {
        const int Draws = 40_000;
        int[] ranking = [.. Enumerable.Range(0, documents).Select(i => 100 - i)];
        var hits = new Dictionary<int, int>();
        var said = new Dictionary<int, double>();
        for (int draw = 0; draw < Draws; draw++)
        {
            var picks = ExploringRanking.Choose(ranking, places, exploration, i => i - 100, new RandomStream(1, "draw", (ulong)draw));
            Assert.Equal(places, picks.Select(pick => pick.Document).Distinct().Count());
            foreach (Pick pick in picks)
            {
                hits[pick.Document] = hits.GetValueOrDefault(pick.Document) + 1;
                Assert.Equal(pick.Inclusion, said.GetValueOrDefault(pick.Document, pick.Inclusion));
                said[pick.Document] = pick.Inclusion;
                Assert.Equal(pick.Document - 100, pick.Arm);
            }
        }

        Assert.Equal(ranking.Order(), said.Keys.Order()); // all have a chance
        Assert.Equal(places, said.Values.Sum(), 9);
        foreach ((int document, double probability) in said)
        {
            Assert.InRange(hits[document] / (double)Draws, probability - 0.0125, probability + 0.0125); // five standard errors
        }
    }
}
