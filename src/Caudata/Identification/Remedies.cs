using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Something unobserved that could be measured.</summary>
/// <param name="Latent">A latent variable of the graph, or null.</param>
/// <param name="Between">The ends of a bidirected edge whose common cause is meant, where it is no variable of the graph.</param>
public sealed record Measurement(int? Latent, (int A, int B) Between)
{
    /// <summary>In words.</summary>
    /// <param name="graph">The graph.</param>
    public string Text(CausalGraph graph) => Latent is int latent ? graph.Variables[latent].Name : $"the common cause behind {graph.Variables[Between.A].Name} <-> {graph.Variables[Between.B].Name}";
}

/// <summary>What would make a question answerable.</summary>
/// <param name="Measurements">The smallest sets of measurements that would; empty when none of at most <see cref="Remedies.MostMeasurements"/> was found.</param>
/// <param name="IsComplete">False when a limit of work ended the search.</param>
/// <param name="Randomise">Treatments whose randomisation would: all of those that matter.</param>
public sealed record RemedyList(ImmutableArray<ImmutableArray<Measurement>> Measurements, bool IsComplete, VariableSet Randomise);

/// <summary>What would help when an effect is not identified: the fewest unobserved causes to measure, or treatments to randomise.</summary>
/// <remarks>
/// <para>A hedge stays one until a cause that holds its outer part together is measured. So the search takes the hedge that ID finds, measures one of its unobserved causes at a time, and asks again: with one, then two, then three measurements. It finds all
/// smallest sets, within its bounds.</para>
/// <para>Randomising every treatment, in a random slice of the rows for example, always helps: no edge into them is left.</para>
/// </remarks>
public static class Remedies
{
    /// <summary>Most measurements in one remedy.</summary>
    public const int MostMeasurements = 3;

    /// <summary>Most questions to the ID algorithm.</summary>
    public const int MostQuestions = 500;

    /// <summary>Most variables and edges to look at, counted again for each question: seconds.</summary>
    public const long MostWork = 3_000_000;

    /// <summary>What would help with a question; null where nothing needs to, and where rows are selected: what helps there is not known to this program.</summary>
    /// <param name="report">What was found about the question.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static RemedyList? Of(IdentificationReport report, CancellationToken cancellationToken = default) =>
        report.Hedge is { } hedge && report.Question.Graph.OfKind(VariableKind.Selection).IsEmpty ? Of(report.Question, hedge, cancellationToken) : null;

    /// <summary>Searches.</summary>
    /// <param name="question">A question that is not identified.</param>
    /// <param name="hedge">Its hedge.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static RemedyList Of(CausalQuestion question, Hedge hedge, CancellationToken cancellationToken = default)
    {
        int asked = 0;
        long size = question.Graph.Count + question.Graph.DirectedCount + question.Graph.BidirectedCount;
        bool complete = true;
        for (int most = 1; most <= MostMeasurements; most++)
        {
            Dictionary<string, ImmutableArray<Measurement>> found = new(StringComparer.Ordinal);
            HashSet<string> tried = new(StringComparer.Ordinal);
            Search([], hedge, most, found, tried);
            if (found.Count > 0)
            {
                return new RemedyList([.. found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)], complete, question.Treatment);
            }
        }

        return new RemedyList([], complete, question.Treatment);

        void Search(ImmutableArray<Measurement> measured, Hedge at, int left, Dictionary<string, ImmutableArray<Measurement>> found, HashSet<string> tried)
        {
            foreach (Measurement next in Candidates(question.Graph, at, measured))
            {
                ImmutableArray<Measurement> more = [.. measured.Add(next).OrderBy(m => m.Text(question.Graph), StringComparer.Ordinal)];
                string key = string.Join('\n', more.Select(m => m.Text(question.Graph)));
                if (!tried.Add(key))
                {
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (asked++ >= MostQuestions || (asked > 1 && asked * size > MostWork))
                {
                    complete = false;
                    return;
                }

                if (IdAlgorithm.Of(After(question, more), cancellationToken: cancellationToken).Hedge is not { } hedgeAfter)
                {
                    found[key] = more;
                }
                else if (left > 1)
                {
                    Search(more, hedgeAfter, left - 1, found, tried);
                }
            }
        }
    }

    /// <summary>The question once something is measured.</summary>
    /// <param name="question">The question.</param>
    /// <param name="measured">What is measured.</param>
    public static CausalQuestion After(CausalQuestion question, ImmutableArray<Measurement> measured)
    {
        CausalGraph graph = question.Graph;
        GraphDescription all = graph.ToDescription();
        HashSet<string> seen = [.. measured.Where(m => m.Latent is not null).Select(m => graph.Variables[m.Latent!.Value].Name)];
        List<VariableDeclaration> variables = [.. all.Variables.Select(v => seen.Contains(v.Name) ? v with { Kind = VariableKind.Observed } : v)];
        List<EdgeDeclaration> edges = [.. all.Edges];
        foreach (Measurement cause in measured.Where(m => m.Latent is null))
        {
            (string a, string b) = (graph.Variables[cause.Between.A].Name, graph.Variables[cause.Between.B].Name);
            string name = $"cause of {a} and {b}";
            while (variables.Any(v => v.Name == name))
            {
                name += "'";
            }

            edges.RemoveAll(e => e.Kind == EdgeKind.Bidirected && ((e.From == a && e.To == b) || (e.From == b && e.To == a)));
            variables.Add(new VariableDeclaration(name.Length <= GraphLimits.Name ? name : name[^GraphLimits.Name..]));
            edges.Add(new EdgeDeclaration(variables[^1].Name, a));
            edges.Add(new EdgeDeclaration(variables[^1].Name, b));
        }

        string[] Names(VariableSet set) => [.. set.ToArray().Select(v => graph.Variables[v].Name)];
        return CausalQuestion.Create(CausalGraph.Create(all with { Variables = [.. variables], Edges = [.. edges] }), Names(question.Treatment), Names(question.Outcome), Names(question.Given));
    }

    // Unobserved causes that hold the hedge together; it may lie in a graph with more variables, whose first numbers are not those of the question's graph, so names decide.
    private static IEnumerable<Measurement> Candidates(CausalGraph graph, Hedge hedge, ImmutableArray<Measurement> measured)
    {
        VariableSet outer = VariableSet.Of(graph.Count, [.. hedge.Outer.ToArray().Where(v => v < graph.SubstantiveCount)]);
        (ImmutableArray<int> variables, ImmutableArray<GraphEdge> edges) = (hedge with { Outer = outer }).Parts(graph);
        foreach (int v in variables.Where(v => graph.Variables[v].Kind == VariableKind.Latent))
        {
            if (!measured.Any(m => m.Latent == v))
            {
                yield return new Measurement(v, default);
            }
        }

        foreach (GraphEdge edge in edges.Where(e => e.Kind == EdgeKind.Bidirected))
        {
            if (!measured.Any(m => m.Latent is null && m.Between == (edge.From, edge.To)))
            {
                yield return new Measurement(null, (edge.From, edge.To));
            }
        }
    }
}
