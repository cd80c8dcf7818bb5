using System.CommandLine;
using Caudata.Graphs;
using Caudata.Graphs.Formats;
using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Files;

namespace Caudata.Cli.Commands;

/// <summary>Where a command takes its graph from: a file, standard input, or the command line itself.</summary>
/// <param name="byOption">True to take the file as <c>--graph</c> instead of an argument.</param>
internal sealed class GraphInput(bool byOption = false)
{
    private const long MostBytes = 64 << 20;
    private readonly Argument<string?> _file = new("file") { Description = "The graph: YAML, DOT, GML, dagitty or an edge list, or a world file of simulate; - reads standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _graph = new("--graph") { Description = "The graph: a file in YAML, DOT, GML, dagitty an edge list, or a world file of simulate; - reads standard input." };
    private readonly Option<string?> _edges = new("--edges") { Description = "The graph as an edge list instead of a file, such as \"X -> Y; X <-> Z\"." };
    private readonly Option<string[]> _latent = new("--latent") { Description = "With --edges: variables that are latent, separated by commas." };
    private readonly Option<string?> _from = new("--from") { Description = $"Format of the file: {string.Join(", ", GraphFormats.Names)}. Default: by its name or its beginning." };

    /// <summary>Adds argument and options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        if (byOption)
        {
            command.Add(_graph);
        }
        else
        {
            command.Add(_file);
        }

        command.Add(_edges);
        command.Add(_latent);
        command.Add(_from);
    }

    /// <summary>Mistakes of the command line.</summary>
    /// <param name="result">The parsed command line.</param>
    public IEnumerable<string> Mistakes(ParseResult result)
    {
        (string? file, string? edges) = (File(result), result.GetValue(_edges));
        if (file is null == edges is null)
        {
            yield return file is null ? $"no graph is given; expected {(byOption ? "--graph" : "a file")} or --edges. For example --edges \"X -> Y; X <-> Z\"." : $"a graph is given twice, '{file}' and --edges; expected one. Leave one out.";
        }

        if (edges is null && Split(result.GetValue(_latent)).Any())
        {
            yield return "--latent stands without --edges; expected it there only. Mark latent variables in the file.";
        }

        if (result.GetValue(_from) is string from && !GraphFormats.TryParse(from, out _))
        {
            yield return UnknownFormat("--from", from);
        }
    }

    /// <summary>Reads the graph and answers with it; mistakes of the graph, or of names that it does not have, are told.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="result">The parsed command line.</param>
    /// <param name="json">True to tell mistakes as one JSON object.</param>
    /// <param name="answer">Answers, and gives the exit code.</param>
    /// <returns>The exit code.</returns>
    public int Answer(Terminal terminal, ParseResult result, bool json, Func<CausalGraph, int> answer)
    {
        CausalGraph graph;
        try
        {
            graph = Read(result);
        }
        catch (GraphException e)
        {
            return terminal.Fail([.. e.Mistakes.Select(mistake => $"{Name(result)}: {mistake}")], ExitCode.Wrong, json);
        }

        try
        {
            return answer(graph);
        }
        catch (GraphException e)
        {
            return terminal.Fail([.. e.Mistakes.Select(mistake => mistake.ToString())], ExitCode.Wrong, json);
        }
    }

    /// <summary>Reads the graph.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <exception cref="GraphException">It is wrong; its mistakes name the place.</exception>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public CausalGraph Read(ParseResult result)
    {
        if (result.GetValue(_edges) is string edges)
        {
            return NotEmpty(OfEdges(edges, [.. Split(result.GetValue(_latent))]), "--edges");
        }

        string file = File(result)!;
        GraphFormat? format = result.GetValue(_from) is string from && GraphFormats.TryParse(from, out GraphFormat named) ? named : GraphFormats.OfFileName(file);
        if (file != "-")
        {
            return NotEmpty(Parse(TextFile.Read(file, MostBytes), format, Path.GetDirectoryName(Path.GetFullPath(file))!), file);
        }

        using Stream input = Console.OpenStandardInput();
        return NotEmpty(Parse(TextFile.Read(input, "standard input", MostBytes), format, "."), "standard input");
    }

    /// <summary>The graph of an edge list, with names of latent variables beside it.</summary>
    /// <param name="edges">The edge list.</param>
    /// <param name="latents">Names of variables that stand in it.</param>
    /// <exception cref="GraphException">The list is wrong, or a latent variable does not stand in it: a slip in its name would make a variable that nobody measured an observed one.</exception>
    public static CausalGraph OfEdges(string edges, string[] latents)
    {
        CausalGraph graph = CausalGraph.Parse(edges + string.Concat(latents.Select(name => $"\nlatent \"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")), GraphFormat.Edges);
        string[] alone = [.. latents.Where(name => !graph.TryFind(name, out int v) || (graph.Children(v).IsEmpty && graph.Parents(v).IsEmpty && graph.Siblings(v).IsEmpty))];
        if (alone.Length == 0)
        {
            return graph;
        }

        CausalGraph named = CausalGraph.Parse(edges, GraphFormat.Edges);
        string[] unknown = [.. alone.Where(name => !named.TryFind(name, out _))], known = [.. named.Variables.Select(v => v.Name)];
        return unknown.Length == 0 ? graph : throw new GraphException([.. unknown.Select(name => new GraphMistake($"the latent variable '{name}' does not stand in the edges; expected one that causes something there. Correct the name, or leave it out.{Closest.Suggest(name, known)}", default))]);
    }

    // A world's graph is read off its mechanisms. A preset (every run folder keeps its world) has tables of its own, a file has them beside it.
    private static CausalGraph Parse(string text, GraphFormat? format, string folder)
    {
        if ((format ?? GraphFormats.OfText(text)) != GraphFormat.Yaml || text.Length > WorldLimits.Text || !World.IsWorld(text))
        {
            return CausalGraph.Parse(text, format);
        }

        try
        {
            string? preset = WorldPresets.Names.FirstOrDefault(name => WorldPresets.Text(name) == text);
            return (preset is null ? World.Parse(text, new TableFolder(folder)) : WorldPresets.Open(preset)).Graph;
        }
        catch (WorldException e)
        {
            throw new GraphException([.. e.Mistakes.Select(mistake => new GraphMistake(mistake.Message, new TextPlace(mistake.Place.Line, mistake.Place.Column)))]);
        }
    }

    /// <summary>What the graph is called in messages.</summary>
    /// <param name="result">The parsed command line.</param>
    public string Name(ParseResult result) => File(result) is not string file ? "--edges" : file == "-" ? "standard input" : file;

    /// <summary>True when the command line names a graph or a part of one.</summary>
    /// <param name="result">The parsed command line.</param>
    public bool IsGiven(ParseResult result) => File(result) is not null || result.GetValue(_edges) is not null || Split(result.GetValue(_latent)).Any() || result.GetValue(_from) is not null;

    /// <summary>Names of a repeatable option whose values are separated by commas.</summary>
    /// <param name="values">The values.</param>
    public static IEnumerable<string> Split(string[]? values) => (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The message on a format that is not there.</summary>
    /// <param name="option">The option.</param>
    /// <param name="name">What was found.</param>
    public static string UnknownFormat(string option, string name) => $"{option} is '{name}'; expected one of {string.Join(", ", GraphFormats.Names)}.{Closest.Suggest(name, GraphFormats.Names)}";

    /// <summary>The mistake of a drawing's file name that promises another kind of picture than SVG; null when there is none.</summary>
    /// <param name="path">The file; null when none is named.</param>
    public static string? NotSvg(string? path) => path is null || Path.GetExtension(path).ToLowerInvariant() is "" or ".svg" ? null
        : $"--out is '{path}'; expected a name that ends in .svg, because drawings are written as SVG alone. Write '{Path.ChangeExtension(path, ".svg")}' and convert it, for example with rsvg-convert or a browser.";

    private string? File(ParseResult result) => byOption ? result.GetValue(_graph) : result.GetValue(_file);

    private static CausalGraph NotEmpty(CausalGraph graph, string name) => graph.Count > 0 ? graph : throw new InputException($"{name} holds no variables; expected a graph, for example X -> Y. Check that it is the right file.");
}
