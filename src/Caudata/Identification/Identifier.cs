using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>How a question is answered.</summary>
public sealed record IdentificationOptions
{
    /// <summary>Most sets of each kind, and instruments, to list, in [1, 1,000,000]. Default: 1,000.</summary>
    public int MaxSets { get; init; } = 1000;

    /// <summary>True to record the proof.</summary>
    public bool Explain { get; init; }
}

/// <summary>Answers a question about an intervention with everything that the graph has to say.</summary>
/// <remarks>The simplest formula wins: none of the treatment, adjustment, front door, the ID algorithm; then an instrument, under a named assumption. In a graph with selection nodes only what selected rows give counts: sets whose formulas differ there are left out, and no instruments are sought. Time and memory are bounded for every graph that can be read; lists that a bound cut short say so.</remarks>
public static class Identifier
{
    /// <summary>Most observed ancestors of the outcome for which the ID algorithm is run.</summary>
    public const int MostForFormula = 1000;

    // A proof names no more variables of a set.
    private const int MostNamed = 30;

    /// <summary>Answers.</summary>
    /// <param name="question">The question.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="GraphException">The graph is too large for the ID algorithm and nothing simpler answers.</exception>
    public static IdentificationReport Answer(CausalQuestion question, IdentificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IdentificationOptions();
        if (options.MaxSets is < 1 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxSets, $"MaxSets is {options.MaxSets}; expected 1 to 1000000.");
        }

        CausalGraph graph = question.Graph;
        VariableSet selection = graph.OfKind(VariableKind.Selection);
        Adjustment adjustment = new(question);
        FrontDoor door = new(question);
        VariableSetList sets = adjustment.AllMinimal(options.MaxSets, cancellationToken), doors = door.AllMinimal(options.MaxSets, cancellationToken);
        if (!selection.IsEmpty)
        {
            sets = sets with { Sets = [.. sets.Sets.Where(set => SelectedRows.Read(graph, selection, Adjusted(question, set)) is not null)] };
            doors = doors with { Sets = [.. doors.Sets.Where(set => SelectedRows.Read(graph, selection, ThroughDoor(question, set)) is not null)] };
        }

        InstrumentList instruments = !selection.IsEmpty ? new InstrumentList([], true) : Instruments.Of(question, options.MaxSets, cancellationToken);
        List<string> proof = [];
        Answer verdict = Decide(question, adjustment, doors.Sets.FirstOrDefault(), sets, instruments, options.Explain ? proof : null, cancellationToken);
        return new IdentificationReport(question, verdict, sets, doors, instruments, [.. proof]);
    }

    private static Answer Decide(CausalQuestion question, Adjustment adjustment, VariableSet? front, VariableSetList sets, InstrumentList instruments, List<string>? proof, CancellationToken cancellationToken)
    {
        CausalGraph graph = question.Graph;
        int[] x = question.Treatment.ToArray(), y = question.Outcome.ToArray(), w = question.Given.ToArray();
        string Names(IEnumerable<int> set) => !set.Any() ? "the empty set" : "{" + string.Join(", ", set.Take(MostNamed).Select(v => graph.Variables[v].Name)) + (set.Skip(MostNamed).Any() ? ", ..." : "") + "}";
        VariableSet selection = graph.OfKind(VariableKind.Selection);
        Formula? Selected(Formula formula) => SelectedRows.Read(graph, selection, formula);
        if (HasNoEffect(question) && Selected(Formula.P(y, w)) is { } still)
        {
            proof?.Add(w.Length == 0 ? $"No directed path leads from {Names(x)} to {Names(y)}: setting {Names(x)} changes nothing (rule 3 of do-calculus)."
                : $"Once edges into {Names(x)} are cut where they are not causes of {Names(w)}, {Names(w)} separates {Names(x)} from {Names(y)}: setting changes nothing (rule 3 of do-calculus).");
            return new Answer.Trivially(still);
        }

        proof?.Add($"Variables on causal paths from {Names(x)} to {Names(y)}: {Names(adjustment.ProperCausalPaths.ToArray())}. They and their descendants must not be adjusted for: {Names(adjustment.Forbidden.ToArray())}.");
        if (sets.Sets.OrderBy(s => s.Count).FirstOrDefault() is { } set)
        {
            int[] z = set.ToArray();
            proof?.Add($"Without the first edges of these paths, {Names(z.Concat(w))} separates {Names(x)} from {Names(y)}: it blocks every path that is not causal, and holds nothing forbidden. So it is an adjustment set.");
            return new Answer.ByAdjustment(set, Selected(Adjusted(question, set))!);
        }

        VariableSet all = Ancestors.Of(graph, question.Treatment.Union(question.Outcome)).Intersect(graph.OfKind(VariableKind.Observed)).Except(adjustment.Forbidden).Except(question.Treatment).Except(question.Outcome).Except(question.Given);
        proof?.Add(adjustment.Canonical() is not null ? "Adjustment sets exist, but what they need differs between selected rows and the population." : adjustment.OpenPath(all) is { } open ? $"No adjustment set: even all allowed ancestors, {Names(all.ToArray())}, leave a path open: {open}." : $"No adjustment set works together with {Names(w)}.");
        if (front is not null)
        {
            int[] z = front.ToArray();
            proof?.Add($"{Names(z)} is a front door: it meets every directed path from {Names(x)} to {Names(y)}; no back-door path from {Names(x)} to it is open; {Names(x)} blocks every back-door path from it to {Names(y)}.");
            return new Answer.ByFrontDoor(front, Selected(ThroughDoor(question, front))!);
        }

        proof?.Add(question.Given.IsEmpty ? "No front-door set." : "The front-door criterion is not about conditional effects.");
        int size = Ancestors.Of(graph, question.Outcome.Union(question.Given)).Intersect(graph.OfKind(VariableKind.Observed)).Count;
        if (size > MostForFormula)
        {
            throw new GraphException($"neither adjustment nor front door answers, and {size} observed variables are ancestors of the outcome; the ID algorithm is run for at most {MostForFormula}. Leave out what the question does not need.");
        }

        IdResult id = IdAlgorithm.Of(question, proof is not null, cancellationToken);
        proof?.AddRange(id.Proof);
        if (id.Formula is { } formula)
        {
            return Selected(formula) is { } read ? new Answer.ByFormula(read) : SelectedRows.Caused(question, selection) is { } path ? new Answer.LostBySelection(path) : new Answer.NotShown();
        }

        if (instruments.Items.OrderBy(i => i.Given.Count).FirstOrDefault() is { } instrument)
        {
            proof?.Add($"{graph.Variables[instrument.Variable].Name} is an instrument given {Names(instrument.Given.ToArray())}: it moves {Names(x)} and, without the causal paths, is separated from {Names(y)}. In a linear model that is enough.");
            return new Answer.ByInstrument(instrument, id.Hedge!);
        }

        return new Answer.Impossible(id.Hedge!);
    }

    private static Formula Adjusted(CausalQuestion question, VariableSet set)
    {
        int[] x = question.Treatment.ToArray(), y = question.Outcome.ToArray(), w = question.Given.ToArray(), z = set.ToArray();
        return Formula.SumOver(z, Formula.Times(Formula.P(y, [.. x, .. z, .. w]), Formula.P(z, w)));
    }

    private static Formula ThroughDoor(CausalQuestion question, VariableSet set)
    {
        int[] x = question.Treatment.ToArray(), y = question.Outcome.ToArray(), z = set.ToArray();
        return Formula.SumOver(z, Formula.Times(Formula.P(z, x), Formula.SumOver(x, Formula.Times(Formula.P(y, [.. x, .. z]), Formula.P(x, [])))));
    }

    // Rule 3 of do-calculus for all treatments at once.
    private static bool HasNoEffect(CausalQuestion question)
    {
        VariableSet kept = Ancestors.Of(question.Graph, question.Given);
        return MSeparation.Holds(Surgery.WithoutEdgesInto(question.Graph, question.Treatment.Except(kept)), question.Treatment, question.Outcome, question.Given);
    }
}
