using System.CommandLine;
using Caudata.Graphs;
using Caudata.Graphs.Drawing;
using Caudata.Identification;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata identify</c>: whether an effect follows from what is observed, by which formula, and what would help when it does not.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class IdentifyCommand(Terminal terminal) : CliCommand
{
    private readonly GraphInput _input = new(byOption: true);
    private readonly Option<string[]> _treatment = new("--treatment") { Description = "What is set, separated by commas. Default: the exposure that the graph marks." };
    private readonly Option<string[]> _outcome = new("--outcome") { Description = "What is asked about, separated by commas. Default: the outcome that the graph marks." };
    private readonly Option<string[]> _given = new("--given") { Description = "What is conditioned on, separated by commas. Default: nothing." };
    private readonly Option<int> _maxSets = new("--max-sets") { Description = "Most sets of each kind to list.", DefaultValueFactory = _ => 1000 };
    private readonly Option<bool> _explain = new("--explain") { Description = "Show the proof, line by line." };
    private readonly Option<string?> _draw = new("--draw") { Description = "Also draw the graph into this SVG file, with what decides set off." };
    private readonly Option<string?> _batch = new("--batch") { Description = "A file of questions instead, one JSON object a line: edges, treatment, outcome; also given, latent. - reads standard input." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object (with --batch one a question) on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata identify --edges \"X -> Z; Z -> Y; X <-> Y\" --treatment X --outcome Y --explain";

    /// <inheritdoc/>
    public override string Stopped => "stopped; nothing is kept, and the same command starts anew.";

    /// <inheritdoc/>
    public override Command Build()
    {
        Command command = new("identify", "Say whether the effect of a treatment on an outcome follows from what is observed: by which formula, or why not and what would help.");
        _input.AddTo(command);
        foreach (Option option in new Option[] { _treatment, _outcome, _given, _maxSets, _explain, _draw, _batch, _json })
        {
            command.Add(option);
        }

        return command;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        if (result.GetValue(_maxSets) is < 1 or > 1_000_000)
        {
            yield return $"--max-sets is {result.GetValue(_maxSets)}; expected 1 to 1000000.";
        }

        if (result.GetValue(_batch) is not null)
        {
            if (_input.IsGiven(result) || new[] { _treatment, _outcome, _given }.Any(option => GraphInput.Split(result.GetValue(option)).Any()) || result.GetValue(_draw) is not null || result.GetValue(_explain))
            {
                yield return "--batch stands beside a graph or a question; expected --batch with --max-sets and --json alone. Put graph and question into the file's lines.";
            }

            yield break;
        }

        foreach (string mistake in _input.Mistakes(result))
        {
            yield return mistake;
        }
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        IdentificationOptions options = new() { MaxSets = result.GetValue(_maxSets), Explain = result.GetValue(_explain) };
        bool json = result.GetValue(_json);
        if (result.GetValue(_batch) is string batch)
        {
            return Task.FromResult(IdentifyBatch.Run(terminal, batch, options, json, cancellationToken));
        }

        return Task.FromResult(_input.Answer(terminal, result, json, graph =>
        {
            CausalQuestion question = CausalQuestion.Create(graph, Named(graph, result.GetValue(_treatment), VariableRole.Exposure), Named(graph, result.GetValue(_outcome), VariableRole.Outcome), [.. GraphInput.Split(result.GetValue(_given))]);
            IdentificationReport report = Identifier.Answer(question, options, cancellationToken);
            RemedyList? remedies = Remedies.Of(report, cancellationToken);
            if (result.GetValue(_draw) is string file)
            {
                TextFile.Write(file, GraphDrawing.ToSvg(graph, Highlights(report)));
                terminal.Error.WriteLine($"wrote {file}");
            }

            if (json)
            {
                terminal.Json(writer => IdentificationJson.Write(writer, report, remedies));
            }
            else
            {
                IdentificationProse.Write(terminal.Output, report, remedies);
            }

            return ExitCode.Done;
        }));
    }

    private static string[] Named(CausalGraph graph, string[]? names, VariableRole role) =>
        GraphInput.Split(names).ToArray() is { Length: > 0 } given ? given : [.. graph.Variables.Where(v => v.Role == role).Select(v => v.Name)];

    private static DrawingOptions Highlights(IdentificationReport report)
    {
        CausalQuestion question = report.Question;
        if (report.Hedge is { } hedge)
        {
            (System.Collections.Immutable.ImmutableArray<int> variables, System.Collections.Immutable.ImmutableArray<GraphEdge> edges) = hedge.Parts(question.Graph);
            return new DrawingOptions { Title = $"{question.Text}: not identified", Variables = variables, Edges = edges };
        }

        VariableSet paths = new Adjustment(question).ProperCausalPaths, start = question.Treatment, lit = start.Union(question.Outcome).Union(report.Verdict.Carriers ?? start);
        return new DrawingOptions
        {
            Title = $"{question.Text}: {report.Verdict.By}",
            Variables = [.. lit.ToArray()],
            Edges = [.. question.Graph.Edges.Where(e => e.Kind == EdgeKind.Directed && paths.Contains(e.To) && (paths.Contains(e.From) || start.Contains(e.From)))],
        };
    }
}
