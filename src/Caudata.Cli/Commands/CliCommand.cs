using System.CommandLine;

namespace Caudata.Cli.Commands;

/// <summary>One command: its options, its mistakes, its work.</summary>
internal abstract class CliCommand
{
    /// <summary>A command line that works, shown below <c>--help</c>.</summary>
    public abstract string Example { get; }

    /// <summary>What is said when it was stopped: whether something of its work is kept.</summary>
    public virtual string Stopped => "stopped; the same command goes on where it was.";

    /// <summary>Builds the node of the command tree.</summary>
    public abstract Command Build();

    /// <summary>All mistakes of a command line, each saying found, expected, where and what to do.</summary>
    /// <param name="result">The parsed command line.</param>
    public virtual IEnumerable<string> Mistakes(ParseResult result) => [];

    /// <summary>Does the work; called only when there are no mistakes.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken);
}
