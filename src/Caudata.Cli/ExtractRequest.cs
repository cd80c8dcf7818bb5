using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli;

/// <summary>What <c>caudata extract</c> was asked to do.</summary>
/// <param name="Options">The engine's options, every default spelled out.</param>
/// <param name="Out">The run folder.</param>
/// <param name="Compare">Policies to compare; empty for none.</param>
/// <param name="Seeds">Seeds of the comparison.</param>
internal sealed record ExtractRequest(ExtractionOptions Options, string Out, ImmutableArray<string> Compare, int Seeds)
{
    /// <summary>The configuration that the run folder keeps.</summary>
    /// <param name="command">The command: <c>extract</c> or <c>demo</c>.</param>
    /// <param name="inputs">Every input file with its hash.</param>
    /// <param name="arguments">The arguments of the command line, for <c>runs resume</c>.</param>
    public RunConfiguration ToConfiguration(string command, IEnumerable<RunInput> inputs, IEnumerable<string> arguments) => new()
    {
        Command = command,
        Version = ProgramVersion,
        Seed = Options.Seed,
        Settings = [.. Options.Settings(), Setting.Of("compare", Compare), Setting.Of("seeds", (long)Seeds)],
        Inputs = [.. inputs.OrderBy(input => input.Path, StringComparer.Ordinal)],
        Environment =
        [
            Setting.Of("arguments", arguments),
            Setting.Of("working-directory", Environment.CurrentDirectory),
            Setting.Of("threads", (long)Options.Threads),
            Setting.Of("runtime", RuntimeInformation.FrameworkDescription),
            Setting.Of("system", RuntimeInformation.RuntimeIdentifier),
            Setting.Of("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ],
    };

    /// <summary>Version of the program without the commit.</summary>
    public static string ProgramVersion =>
        (typeof(ExtractRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
