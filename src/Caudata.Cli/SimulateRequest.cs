using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Caudata.Records;
using Caudata.Simulation.Output;

namespace Caudata.Cli;

/// <summary>What <c>caudata simulate</c> was asked to do.</summary>
/// <param name="Run">World, options and form.</param>
/// <param name="Origin">The preset's name, or the path of the world file.</param>
/// <param name="Text">The world's text.</param>
/// <param name="Files">Files that were read.</param>
/// <param name="Do">The interventions as they were given.</param>
/// <param name="Out">The run folder.</param>
internal sealed record SimulateRequest(SimulationRequest Run, string Origin, string Text, ImmutableArray<string> Files, ImmutableArray<string> Do, string Out)
{
    /// <summary>The configuration that the run folder keeps: with it and its inputs the data can be made again.</summary>
    /// <param name="arguments">The arguments of the command line, for <c>runs resume</c>.</param>
    /// <param name="cancellationToken">Stops hashing.</param>
    public async Task<RunConfiguration> ToConfigurationAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var inputs = ImmutableArray.CreateBuilder<RunInput>();
        foreach (string file in Files)
        {
            inputs.Add(await RunInput.HashAsync(file, cancellationToken));
        }

        return new RunConfiguration
        {
            Command = "simulate",
            Version = ExtractRequest.ProgramVersion,
            Seed = Run.Options.Seed,
            Settings =
            [
                Setting.Of("world", Origin),
                Setting.Of("world-text", ContentHash.Of(Text).ToString()),
                Setting.Of("tables", Run.TableSource),
                .. Run.World.Entities.Select(e => Setting.Of("size." + e.Name, (long)e.Size)),
                .. Run.World.Parameters.Select(p => Setting.Of("set." + p.Name, p.Value)),
                Setting.Of("set.remembered", Run.Ctar.Remembered),
                Setting.Of("set.test_2_tries", (long)Run.Ctar.IdentifiableTries),
                Setting.Of("set.test_2_liked", (long)Run.Ctar.IdentifiablePositive),
                Setting.Of("set.test_3_tries", (long)Run.Ctar.UnidentifiableTries),
                Setting.Of("set.test_3_liked", (long)Run.Ctar.UnidentifiablePositive),
                Setting.Of("do", Do),
                Setting.Of("format", Run.Format.ToString().ToLowerInvariant()),
                Setting.Of("truth", Run.IsTruthWritten),
                Setting.Of("instructions", Run.Instructions.ToString().ToLowerInvariant()),
            ],
            Inputs = [.. inputs.OrderBy(input => input.Path, StringComparer.Ordinal)],
            Environment =
            [
                Setting.Of("arguments", arguments),
                Setting.Of("working-directory", Environment.CurrentDirectory),
                Setting.Of("threads", (long)Run.Options.Threads),
                Setting.Of("runtime", RuntimeInformation.FrameworkDescription),
                Setting.Of("system", RuntimeInformation.RuntimeIdentifier),
                Setting.Of("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }
}
