using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Caudata.Graphs;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata graph describe</c>: what a graph says: variables, how each goes missing, districts, independences.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class GraphDescribeCommand(Terminal terminal) : GraphCommand(terminal)
{
    private readonly Option<int> _independences = new("--independences") { Description = "Most implied independences to list.", DefaultValueFactory = _ => 100 };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata graph describe --edges \"rank -> R_rating; quality -> rating; rating -> R_tag; rating -> tag\"";

    /// <inheritdoc/>
    protected override Command BuildNode() => new("describe", "Say what a graph claims: variables, how each goes missing and why, districts, implied independences.");

    /// <inheritdoc/>
    protected override void AddOptions(Command command)
    {
        command.Add(_independences);
        command.Add(_json);
    }

    /// <inheritdoc/>
    protected override bool WantsJson(ParseResult result) => result.GetValue(_json);

    /// <inheritdoc/>
    protected override IEnumerable<string> OwnMistakes(ParseResult result)
    {
        if (result.GetValue(_independences) is < 0 or > 1_000_000)
        {
            yield return $"--independences is {result.GetValue(_independences)}; expected 0 to 1000000.";
        }
    }

    /// <inheritdoc/>
    protected override int Run(CausalGraph graph, ParseResult result, CancellationToken cancellationToken)
    {
        ImmutableArray<MissingnessFinding> missing = Missingness.Of(graph);
        CausalGraph projection = LatentProjection.Of(graph);
        IndependenceList found = ImpliedIndependences.Of(graph, result.GetValue(_independences), cancellationToken);
        ImmutableArray<Independence> independences = found.Statements;
        bool more = !found.IsComplete;
        if (result.GetValue(_json))
        {
            Terminal.Json(json => Write(json, graph, missing, projection, independences, more));
            return ExitCode.Done;
        }

        Terminal.Values([
            new("variables", Counted(graph)),
            new("entities", graph.Entities.IsEmpty ? null : string.Join(", ", graph.Entities)),
            new("edges", $"{graph.DirectedCount} directed, {graph.BidirectedCount} bidirected"),
            new("missing", Missingness.OfAll(graph) is { } all ? $"{all.ToString().ToUpperInvariant()} taken together" : "nothing goes missing"),
        ]);
        Terminal.Table(new SummaryTable("variables", "Variables", [new("variable", ColumnKind.Text), new("kind", ColumnKind.Text), new("parents", ColumnKind.Text)],
            [.. graph.Variables.Select(v => new object?[] { v.Label, v.Kind.ToString().ToLowerInvariant() + (v.Role == VariableRole.None ? "" : ", " + v.Role.ToString().ToLowerInvariant()), Names(graph, graph.Parents(v.Id)) })]));
        if (!missing.IsEmpty)
        {
            Terminal.Table(new SummaryTable("missingness", "How variables go missing", [new("variable", ColumnKind.Text), new("class", ColumnKind.Text), new("because", ColumnKind.Text)],
                [.. missing.Select(f => new object?[] { graph.Variables[f.Variable].Label, f.Label, Because(graph, f) })]));
        }

        ImmutableArray<int>[] districts = [.. Districts.Of(projection).Where(d => d.Length > 1)];
        Terminal.Table(new SummaryTable("districts", $"Districts of more than one variable{(projection.Count < graph.Count ? ", without latents" : "")}", [new("district", ColumnKind.Text)],
            districts.Length == 0 ? [["none"]] : [.. districts.Select(d => new object?[] { Names(projection, d.AsSpan()) })]));
        Terminal.Table(new SummaryTable("independences", $"Implied independences{(more ? $", the first {independences.Length}" : "")}", [new("x", ColumnKind.Text), new("y", ColumnKind.Text), new("given", ColumnKind.Text)],
            independences.IsEmpty ? [["none", null, null]] : [.. independences.Select(i => new object?[] { graph.Variables[i.X].Name, graph.Variables[i.Y].Name, Names(graph, i.Given.AsSpan()) })]));
        return ExitCode.Done;
    }

    /// <summary>Writes names as an array.</summary>
    internal static void Array(Utf8JsonWriter json, string key, IEnumerable<string> names)
    {
        json.WriteStartArray(key);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a path, or null.</summary>
    internal static void Path(Utf8JsonWriter json, string key, ActivePath? path)
    {
        if (path is null)
        {
            json.WriteNull(key);
            return;
        }

        json.WriteStartObject(key);
        json.WriteString("text", path.Text);
        Array(json, "variables", path.Variables);
        json.WriteStartArray("openings");
        foreach (ImmutableArray<string> opening in path.Openings)
        {
            json.WriteStartArray();
            foreach (string name in opening)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CausalGraph graph, ImmutableArray<MissingnessFinding> missing, CausalGraph projection, ImmutableArray<Independence> independences, bool more)
    {
        Dictionary<int, MissingnessFinding> findings = missing.ToDictionary(f => f.Variable);
        json.WriteStartObject();
        json.WriteStartArray("variables");
        foreach (Variable v in graph.Variables)
        {
            json.WriteStartObject();
            json.WriteString("name", v.Name);
            json.WriteString("kind", v.Kind.ToString().ToLowerInvariant());
            Array(json, "indices", v.Indices);
            json.WriteString("role", v.Role == VariableRole.None ? null : v.Role.ToString().ToLowerInvariant());
            json.WriteString("of", v.Of is int of ? graph.Variables[of].Name : null);
            Array(json, "parents", graph.Parents(v.Id).ToArray().Select(p => graph.Variables[p].Name));
            Array(json, "confoundedWith", graph.Siblings(v.Id).ToArray().Select(p => graph.Variables[p].Name));
            if (findings.TryGetValue(v.Id, out MissingnessFinding? f))
            {
                json.WriteStartObject("missingness");
                json.WriteString("class", f.Class.ToString().ToUpperInvariant());
                json.WriteBoolean("selfMasking", f.IsSelfMasking);
                Array(json, "colluders", f.Colluders.Select(c => graph.Variables[c].Name));
                Path(json, "path", f.Path);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("missingness", Missingness.OfAll(graph)?.ToString().ToUpperInvariant());
        json.WriteStartArray("districts");
        foreach (ImmutableArray<int> district in Districts.Of(projection))
        {
            json.WriteStartArray();
            foreach (int v in district)
            {
                json.WriteStringValue(projection.Variables[v].Name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("independences");
        foreach (Independence i in independences)
        {
            json.WriteStartObject();
            json.WriteString("x", graph.Variables[i.X].Name);
            json.WriteString("y", graph.Variables[i.Y].Name);
            Array(json, "given", i.Given.Select(g => graph.Variables[g].Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("moreIndependences", more);
        json.WriteEndObject();
    }

    private static string Because(CausalGraph graph, MissingnessFinding f)
    {
        string indicator = graph.Variables[f.Indicator].Name;
        IEnumerable<string> colluders = f.Colluders.Select(c => $"{graph.Variables[c].Name} -> {indicator} <- {graph.Variables[graph.IndicatorOf(c)!.Value].Name}");
        return f.Path is null ? "no path" : string.Join("; ", colluders.Prepend(f.Path.ToString()));
    }

    private static string Counted(CausalGraph graph) => string.Join(", ", graph.Variables.CountBy(v => v.Kind).OrderBy(p => p.Key).Select(p => $"{p.Value} {p.Key switch { VariableKind.Observed => "observed", VariableKind.Latent => "latent", VariableKind.Indicator => p.Value == 1 ? "indicator" : "indicators", _ => p.Value == 1 ? "selection node" : "selection nodes" }}"));

    private static string? Names(CausalGraph graph, ReadOnlySpan<int> variables) => variables.IsEmpty ? null : string.Join(", ", variables.ToArray().Select(v => graph.Variables[v].Name));
}
