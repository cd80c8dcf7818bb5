using System.CommandLine;
using Caudata.Graphs;

namespace Caudata.Cli.Commands;

/// <summary>A command over one graph: it reads the graph and tells all mistakes of its text with their places.</summary>
/// <param name="terminal">Where to write.</param>
internal abstract class GraphCommand(Terminal terminal) : CliCommand
{
    private readonly GraphInput _input = new();

    /// <summary>Where to write.</summary>
    protected Terminal Terminal => terminal;

    /// <inheritdoc/>
    public sealed override Command Build()
    {
        Command command = BuildNode();
        _input.AddTo(command);
        AddOptions(command);
        return command;
    }

    /// <inheritdoc/>
    public sealed override IEnumerable<string> Mistakes(ParseResult result) => _input.Mistakes(result).Concat(OwnMistakes(result));

    /// <inheritdoc/>
    public sealed override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken) =>
        Task.FromResult(_input.Answer(terminal, result, WantsJson(result), graph => Run(graph, result, cancellationToken)));

    /// <summary>The node without options.</summary>
    protected abstract Command BuildNode();

    /// <summary>Adds the command's own options.</summary>
    /// <param name="command">The node.</param>
    protected abstract void AddOptions(Command command);

    /// <summary>Mistakes of its own options.</summary>
    /// <param name="result">The parsed command line.</param>
    protected virtual IEnumerable<string> OwnMistakes(ParseResult result) => [];

    /// <summary>True when the caller wants JSON.</summary>
    /// <param name="result">The parsed command line.</param>
    protected virtual bool WantsJson(ParseResult result) => false;

    /// <summary>Does the work.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="result">The parsed command line.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    /// <returns>The exit code.</returns>
    protected abstract int Run(CausalGraph graph, ParseResult result, CancellationToken cancellationToken);
}
