using System.CommandLine;
using Caudata.Graphs;
using Caudata.Graphs.Drawing;
using Caudata.Graphs.Formats;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata graph draw</c>: a graph as SVG.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class GraphDrawCommand(Terminal terminal) : GraphCommand(terminal)
{
    private readonly Option<string?> _out = new("--out") { Description = "The SVG file to write. Default: standard output." };
    private readonly Option<string?> _title = new("--title") { Description = "A title above the drawing." };
    private readonly Option<string[]> _highlight = new("--highlight") { Description = "Variables and edges to set off, separated by commas: \"X, X -> Y, X <-> Z\". Repeatable." };
    private readonly Option<bool> _noLegend = new("--no-legend") { Description = "Leave out the line that explains the signs." };

    /// <inheritdoc/>
    public override string Example => "caudata graph draw --edges \"X -> M -> Y; X <-> Y\" --out front-door.svg";

    /// <inheritdoc/>
    protected override Command BuildNode() => new("draw", "Draw a graph as SVG: latents dashed, indicators boxed, causes left of their effects.");

    /// <inheritdoc/>
    protected override void AddOptions(Command command)
    {
        command.Add(_out);
        command.Add(_title);
        command.Add(_highlight);
        command.Add(_noLegend);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> OwnMistakes(ParseResult result) => GraphInput.NotSvg(result.GetValue(_out)) is string mistake ? [mistake] : [];

    /// <inheritdoc/>
    protected override int Run(CausalGraph graph, ParseResult result, CancellationToken cancellationToken)
    {
        DrawingOptions options = Highlights(graph, string.Join('\n', result.GetValue(_highlight) ?? [])) with { Title = result.GetValue(_title) ?? "", HasLegend = !result.GetValue(_noLegend) };
        string svg = GraphDrawing.ToSvg(graph, options);
        if (result.GetValue(_out) is not string path)
        {
            Terminal.Output.Write(svg);
            return ExitCode.Done;
        }

        TextFile.Write(path, svg);
        Terminal.Error.WriteLine($"wrote {path}: {graph.Count} variables, {graph.DirectedCount} directed and {graph.BidirectedCount} bidirected edges");
        return ExitCode.Done;
    }

    // What is set off is itself an edge list, whose names and edges must be the graph's.
    private static DrawingOptions Highlights(CausalGraph graph, string text)
    {
        if (text.Length == 0)
        {
            return new DrawingOptions();
        }

        GraphDescription wanted = EdgeList.Describe(text);
        VariableSet variables = graph.Set([.. wanted.Variables.Select(v => v.Name)]);
        List<GraphEdge> edges = [];
        List<GraphMistake> mistakes = [];
        foreach ((string from, string to, EdgeKind kind) in wanted.Edges)
        {
            int a = graph.Set(from).ToArray()[0], b = graph.Set(to).ToArray()[0];
            GraphEdge edge = kind == EdgeKind.Directed ? new(a, b, kind) : new(Math.Min(a, b), Math.Max(a, b), kind);
            if (graph.Edges.Contains(edge))
            {
                edges.Add(edge);
            }
            else
            {
                mistakes.Add(new GraphMistake($"--highlight names the edge '{from}' {(kind == EdgeKind.Directed ? "->" : "<->")} '{to}', which the graph does not have; expected one of its edges. Correct it, or name the variables.", default));
            }
        }

        return mistakes.Count == 0 ? new DrawingOptions { Variables = [.. variables.ToArray()], Edges = [.. edges] } : throw new GraphException([.. mistakes]);
    }
}
