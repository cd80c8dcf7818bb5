using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Caudata.Records;

namespace Caudata.Cli;

/// <summary>What <c>caudata extract</c> was asked to do, every default spelled out.</summary>
internal sealed record ExtractRequest
{
    public required ImmutableArray<string> Corpus { get; init; }

    public required string Target { get; init; }

    public string? TargetWhere { get; init; }

    public required Budget Budget { get; init; }

    public string Policy { get; init; } = "default";

    public string Extractor { get; init; } = "structural";

    public string? Heldout { get; init; }

    public string? HeldoutWhere { get; init; }

    public ImmutableArray<string> Decontaminate { get; init; } = [];

    public string? LabelColumn { get; init; }

    public string? TextColumn { get; init; }

    public string? IdColumn { get; init; }

    public string? Where { get; init; }

    public ulong Seed { get; init; } = 7;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public required string Out { get; init; }

    public TrainingFormat Format { get; init; } = TrainingFormat.Messages;

    public ImmutableArray<string> Compare { get; init; } = [];

    public int Seeds { get; init; } = 5;

    public double MaxLoss { get; init; } = 0.01;

    public double MinGain { get; init; }

    public bool LogPropensities { get; init; }

    /// <summary>The configuration that the run folder keeps.</summary>
    /// <param name="command">The command: <c>extract</c> or <c>demo</c>.</param>
    /// <param name="inputs">Every input file with its hash.</param>
    /// <param name="arguments">The arguments of the command line, for <c>runs resume</c>.</param>
    public RunConfiguration ToConfiguration(string command, IEnumerable<RunInput> inputs, IEnumerable<string> arguments) => new()
    {
        Command = command,
        Version = ProgramVersion,
        Seed = Seed,
        Settings =
        [
            Setting.Of("corpus", Corpus),
            Setting.Of("where", Where),
            Setting.Of("text-column", TextColumn),
            Setting.Of("id-column", IdColumn),
            Setting.Of("label-column", LabelColumn),
            Setting.Of("target", Target),
            Setting.Of("target-where", TargetWhere),
            Setting.Of("heldout", Heldout),
            Setting.Of("heldout-where", HeldoutWhere),
            Setting.Of("decontaminate", Decontaminate),
            Setting.Of("budget", Budget.ToString()),
            Setting.Of("policy", Policy),
            Setting.Of("extractor", Extractor),
            Setting.Of("format", Format.ToString().ToLowerInvariant()),
            Setting.Of("compare", Compare),
            Setting.Of("seeds", (long)Seeds),
            Setting.Of("max-loss", MaxLoss),
            Setting.Of("min-gain", MinGain),
            Setting.Of("log-propensities", LogPropensities),
        ],
        Inputs = [.. inputs.OrderBy(input => input.Path, StringComparer.Ordinal)],
        Environment =
        [
            Setting.Of("arguments", arguments),
            Setting.Of("working-directory", Environment.CurrentDirectory),
            Setting.Of("threads", (long)Threads),
            Setting.Of("runtime", RuntimeInformation.FrameworkDescription),
            Setting.Of("system", RuntimeInformation.RuntimeIdentifier),
            Setting.Of("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ],
    };

    /// <summary>Version of the program without the commit.</summary>
    public static string ProgramVersion =>
        (typeof(ExtractRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
