using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Cli;

/// <summary>How the work of an engine ended.</summary>
internal enum RunEnd
{
    /// <summary>All is done.</summary>
    Done,

    /// <summary>A check that was asked for failed.</summary>
    Found,

    /// <summary>A budget of time stopped it before its end.</summary>
    Stopped,
}

/// <summary>What an engine hands back to the command line.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Detail">Why, in plain words; may be empty.</param>
/// <param name="Summary">What it found; also written into the run folder.</param>
/// <param name="Losses">How much of each input was lost.</param>
/// <param name="Conclusion">A last sentence for people, or null.</param>
internal sealed record RunOutcome(RunEnd End, string Detail, RunSummary Summary, ImmutableArray<LossReport> Losses, string? Conclusion = null)
{
    /// <summary>The exit code: too much loss outweighs a finished run, a stop outweighs both.</summary>
    public int ExitCode => End switch
    {
        RunEnd.Stopped => Cli.ExitCode.Stopped,
        _ when Losses.Any(loss => loss.IsTooMuch) => Cli.ExitCode.Lost,
        RunEnd.Found => Cli.ExitCode.Found,
        _ => Cli.ExitCode.Done,
    };
}

/// <summary>The engine behind <c>extract</c> and <c>demo</c>.</summary>
/// <param name="request">What is asked for; already checked.</param>
/// <param name="folder">The run folder, locked and open.</param>
/// <param name="progress">Receives how far it is.</param>
/// <param name="cancellationToken">Ctrl-C or a signal: commit and stop.</param>
internal delegate Task<RunOutcome> ExtractEngine(ExtractRequest request, RunFolder folder, IProgress<RunProgress> progress, CancellationToken cancellationToken);
