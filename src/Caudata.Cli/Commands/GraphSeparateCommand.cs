using System.CommandLine;
using System.Text.Json;
using Caudata.Graphs;
using Caudata.Graphs.Drawing;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata graph separate</c>: whether conditioning blocks every path between two sets, and if not, an open path.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class GraphSeparateCommand(Terminal terminal) : GraphCommand(terminal)
{
    private readonly Option<string[]> _x = new("--x") { Description = "Variables of one side, separated by commas.", Required = true };
    private readonly Option<string[]> _y = new("--y") { Description = "Variables of the other side, separated by commas.", Required = true };
    private readonly Option<string[]> _given = new("--given") { Description = "What is conditioned on, separated by commas. Default: nothing." };
    private readonly Option<string?> _out = new("--out") { Description = "Also draw the graph into this SVG file, with the open path set off." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata graph separate --edges \"X -> C <- Y; C -> D\" --x X --y Y --given D";

    /// <inheritdoc/>
    protected override Command BuildNode() => new("separate", "Say whether two sets of variables are m-separated given a third, and show an open path when they are not.");

    /// <inheritdoc/>
    protected override void AddOptions(Command command)
    {
        command.Add(_x);
        command.Add(_y);
        command.Add(_given);
        command.Add(_out);
        command.Add(_json);
    }

    /// <inheritdoc/>
    protected override bool WantsJson(ParseResult result) => result.GetValue(_json);

    /// <inheritdoc/>
    protected override IEnumerable<string> OwnMistakes(ParseResult result)
    {
        (string Option, string[] Names)[] sets = [("--x", [.. GraphInput.Split(result.GetValue(_x))]), ("--y", [.. GraphInput.Split(result.GetValue(_y))]), ("--given", [.. GraphInput.Split(result.GetValue(_given))])];
        foreach ((string option, string[] names) in sets.Take(2).Where(set => set.Names is []))
        {
            yield return $"{option} names no variable; expected at least one.";
        }

        if (GraphInput.NotSvg(result.GetValue(_out)) is string mistake)
        {
            yield return mistake;
        }

        foreach (IGrouping<string, string> twice in sets.SelectMany(set => set.Names.Distinct(StringComparer.Ordinal).Select(name => (set.Option, Name: name))).GroupBy(p => p.Name, p => p.Option, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"'{twice.Key}' stands in {string.Join(" and ", twice)}; expected every variable in one of them.";
        }
    }

    /// <inheritdoc/>
    protected override int Run(CausalGraph graph, ParseResult result, CancellationToken cancellationToken)
    {
        string[] xs = [.. GraphInput.Split(result.GetValue(_x))], ys = [.. GraphInput.Split(result.GetValue(_y))], zs = [.. GraphInput.Split(result.GetValue(_given))];
        _ = graph.Set([.. xs, .. ys, .. zs]);
        VariableSet given = graph.Set(zs);
        ActivePath? path = MSeparation.Witness(graph, graph.Set(xs), graph.Set(ys), given);
        string[] latent = [.. given.Intersect(graph.OfKind(VariableKind.Latent)).ToArray().Select(v => graph.Variables[v].Name)];
        foreach (string name in latent)
        {
            Terminal.Error.WriteLine($"caudata: '{name}' is latent: the answer holds in theory, but no data can condition on it.");
        }

        if (result.GetValue(_out) is string file)
        {
            TextFile.Write(file, GraphDrawing.ToSvg(graph, path is null ? null : DrawingOptions.Along(graph, path)));
            Terminal.Error.WriteLine($"wrote {file}");
        }

        if (result.GetValue(_json))
        {
            Terminal.Json(json => Write(json, xs, ys, zs, path));
            return ExitCode.Done;
        }

        string question = $"{string.Join(", ", xs)} and {string.Join(", ", ys)}{(zs.Length == 0 ? "" : " given " + string.Join(", ", zs))}";
        Terminal.Output.WriteLine(path is null ? $"yes: {question} are separated; no path is open" : $"no: {question} are not separated");
        if (path is not null)
        {
            Terminal.Output.WriteLine($"open path: {path.Text}");
            foreach (string reason in path.Reason.Split("; ", StringSplitOptions.RemoveEmptyEntries))
            {
                Terminal.Output.WriteLine($"opened by: {reason}");
            }
        }

        return ExitCode.Done;
    }

    private static void Write(Utf8JsonWriter json, string[] xs, string[] ys, string[] zs, ActivePath? path)
    {
        json.WriteStartObject();
        json.WriteBoolean("separated", path is null);
        GraphDescribeCommand.Array(json, "x", xs);
        GraphDescribeCommand.Array(json, "y", ys);
        GraphDescribeCommand.Array(json, "given", zs);
        GraphDescribeCommand.Path(json, "openPath", path);
        json.WriteEndObject();
    }
}
