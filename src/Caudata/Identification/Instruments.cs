using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>A conditional instrument: it moves the treatment, and given a set it reaches the outcome in no other way.</summary>
/// <param name="Variable">The instrument.</param>
/// <param name="Given">What is conditioned on, W; may be empty.</param>
public sealed record ConditionalInstrument(int Variable, VariableSet Given);

/// <summary>Instruments that a search found.</summary>
/// <param name="Items">One entry an instrument, by number.</param>
/// <param name="IsComplete">False when a limit of number or of work ended the search.</param>
public sealed record InstrumentList(ImmutableArray<ConditionalInstrument> Items, bool IsComplete);

/// <summary>Conditional instruments for the effect of one treatment on one outcome.</summary>
/// <remarks>
/// <para>Z is an instrument given W when, in the graph without the first edges of the causal paths from X to Y, W separates Z from Y but not from X, and W holds neither X nor a descendant of a variable on such a path
/// [brito2002], [vanderzander2015]. In a linear model the effect is then cov(Z, Y | W) / cov(Z, X | W); without such an assumption an instrument identifies no effect.</para>
/// <para>For a given Z the question is hard in general; sought is a W among the ancestors of Y and Z, nearest to Y, in O(n + m). If there is any conditional instrument, there is one of this kind [vanderzander2015].</para>
/// </remarks>
public static class Instruments
{
    /// <summary>Most variables and edges to look at, counted twice for each candidate: a second or so.</summary>
    public const long MostWork = 100_000_000;

    /// <summary>The instruments, each with a set from which no member can be left out.</summary>
    /// <param name="question">The question; with more than one treatment or outcome, or given variables, there are none.</param>
    /// <param name="most">Most instruments to give, at least 1. Default 1,000.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static InstrumentList Of(CausalQuestion question, int most = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        CausalGraph graph = question.Graph;
        if (question.Treatment.Count != 1 || question.Outcome.Count != 1 || !question.Given.IsEmpty)
        {
            return new InstrumentList([], true);
        }

        Adjustment adjustment = new(question);
        CausalGraph cut = adjustment.BackDoorGraph;
        VariableSet ends = question.Treatment.Union(question.Outcome), empty = VariableSet.Of(graph.Count);
        VariableSet allowed = graph.OfKind(VariableKind.Observed).Except(Descendants.Of(graph, question.Outcome)).Except(adjustment.Forbidden).Except(ends);
        ImmutableArray<ConditionalInstrument>.Builder found = ImmutableArray.CreateBuilder<ConditionalInstrument>();
        long work = 0;
        foreach (int z in graph.OfKind(VariableKind.Observed).Except(ends).Except(adjustment.Forbidden).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            work += 2L * (graph.Count + graph.DirectedCount + graph.BidirectedCount);
            if (work > MostWork || found.Count == most)
            {
                return new InstrumentList(found.ToImmutable(), false);
            }

            VariableSet one = VariableSet.Of(graph.Count, z);
            if (new Separators(cut, question.Outcome, one, allowed, empty).Nearest() is { } given && !MSeparation.Holds(cut, one, question.Treatment, given))
            {
                found.Add(new ConditionalInstrument(z, given));
            }
        }

        return new InstrumentList(found.ToImmutable(), true);
    }
}
