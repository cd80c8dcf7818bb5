using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Extraction;

/// <summary>A round of a ranking in which some places go to documents drawn evenly from the rest, so that every document has a known positive probability.</summary>
/// <remarks>
/// <para>Of m places among U documents, εm are drawn on average: ⌊εm⌋ always, and one more with the probability of the fraction f. With e drawn, the first m − e of the ranking are sure, and each other document has
/// e / (U − m + e). So the first m − ⌊εm⌋ − 1 have probability 1; all after rank m − ⌊εm⌋ have f·(⌊εm⌋ + 1) / (U − m + ⌊εm⌋ + 1) + (1 − f)·⌊εm⌋ / (U − m + ⌊εm⌋); and the one between is sure with
/// 1 − f and drawn else. They sum to m.</para>
/// <para>Drawn documents come first, so that a budget that cuts the round cuts the ranking.</para>
/// </remarks>
internal static class ExploringRanking
{
    /// <summary>ε: the same twentieth as in the bandits (<see cref="Bandits.BanditOptions.Exploration"/>).</summary>
    public const double Exploration = 0.05;

    /// <summary>Names a round.</summary>
    /// <param name="ranking">Documents that can be read, best first.</param>
    /// <param name="places">m, at least 1 and at most their number.</param>
    /// <param name="exploration">ε in (0, 1].</param>
    /// <param name="arm">The cluster of a document, or −1.</param>
    /// <param name="stream">Random numbers.</param>
    public static ImmutableArray<Pick> Choose(ReadOnlySpan<int> ranking, int places, double exploration, Func<int, int> arm, RandomStream stream)
    {
        int m = Math.Min(places, ranking.Length), fixedDraws = (int)(exploration * m), others = ranking.Length - m;
        if (others == 0)
        {
            fixedDraws = 0;
        }

        double fraction = others == 0 ? 0 : (exploration * m) - fixedDraws;
        int drawn = stream.NextDouble() < fraction ? fixedDraws + 1 : fixedDraws, sure = m - drawn;
        double more = (fixedDraws + 1) / (double)(others + fixedDraws + 1), fewer = fixedDraws == 0 ? 0 : fixedDraws / (double)(others + fixedDraws);
        double rest = (fraction * more) + ((1 - fraction) * fewer), between = (1 - fraction) + (fraction * more);
        int boundary = m - fixedDraws - 1;
        int[] tail = new int[ranking.Length - sure];
        for (int k = 0; k < tail.Length; k++)
        {
            tail[k] = sure + k;
        }

        stream.Shuffle<int>(tail);
        var picks = ImmutableArray.CreateBuilder<Pick>(m);
        foreach (int rank in tail.AsSpan(0, drawn))
        {
            picks.Add(At(ranking, rank));
        }

        for (int rank = 0; rank < sure; rank++)
        {
            picks.Add(At(ranking, rank));
        }

        return picks.MoveToImmutable();

        Pick At(ReadOnlySpan<int> documents, int rank)
        {
            double probability = others == 0 || rank < boundary ? 1 : rank == boundary ? between : rest;
            return new Pick(documents[rank], arm(documents[rank]), probability, probability);
        }
    }
}
