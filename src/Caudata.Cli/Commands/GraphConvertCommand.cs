using System.CommandLine;
using Caudata.Graphs;
using Caudata.Graphs.Formats;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata graph convert</c>: a graph in another format.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class GraphConvertCommand(Terminal terminal) : GraphCommand(terminal)
{
    private readonly Option<string?> _to = new("--to") { Description = $"Format to write: {string.Join(", ", GraphFormats.Names)}. Default: by the name of --out, else yaml." };
    private readonly Option<string?> _out = new("--out") { Description = "The file to write. Default: standard output." };

    /// <inheritdoc/>
    public override string Example => "caudata graph convert --edges \"X -> Y; X <-> Z; rating -> R_rating\" --to dagitty";

    /// <inheritdoc/>
    protected override Command BuildNode() => new("convert", "Write a graph in another format. Every format carries the whole graph: variables, kinds, roles, indices, edges. What is no graph is left behind: comments, positions, colours, labels and sizes; of a world file its mechanisms, tables and rates.");

    /// <inheritdoc/>
    protected override void AddOptions(Command command)
    {
        command.Add(_to);
        command.Add(_out);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> OwnMistakes(ParseResult result)
    {
        if (result.GetValue(_to) is string to && !GraphFormats.TryParse(to, out _))
        {
            yield return GraphInput.UnknownFormat("--to", to);
        }
        else if (result.GetValue(_to) is null && result.GetValue(_out) is string path && Path.GetExtension(path).ToLowerInvariant() is { Length: > 0 } extension && GraphFormats.OfFileName(path) is null)
        {
            yield return $"--out is '{path}', whose ending {extension} is no format; expected .yaml, .dot, .gml, .dagitty or .edges, or --to.{(extension is ".svg" or ".png" or ".pdf" ? " A picture is made by 'caudata graph draw'." : "")}";
        }
    }

    /// <inheritdoc/>
    protected override int Run(CausalGraph graph, ParseResult result, CancellationToken cancellationToken)
    {
        string? path = result.GetValue(_out);
        GraphFormat format = result.GetValue(_to) is string to && GraphFormats.TryParse(to, out GraphFormat named) ? named : (path is null ? null : GraphFormats.OfFileName(path)) ?? GraphFormat.Yaml;
        string text = GraphFormats.Write(graph, format);
        if (path is null)
        {
            Terminal.Output.Write(text);
            return ExitCode.Done;
        }

        TextFile.Write(path, text);
        Terminal.Error.WriteLine($"wrote {path} as {GraphFormats.Names[(int)format]}: {graph.Count} variables, {graph.DirectedCount} directed and {graph.BidirectedCount} bidirected edges");
        return ExitCode.Done;
    }
}
