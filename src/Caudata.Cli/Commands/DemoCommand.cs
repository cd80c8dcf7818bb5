using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Caudata.Extraction;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Output;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata demo</c>: the whole of <c>extract</c> on the built-in corpus world, and <c>simulate</c> with the preset CTAR; offline.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoCommand(Terminal terminal, ExtractEngine engine, TimeProvider time) : CliCommand
{
    private const int Documents = 3000, Items = 1000;

    private readonly Option<string> _seed = new("--seed") { Description = "Seed of the world and of the run.", HelpName = "number", DefaultValueFactory = _ => "7" };
    private readonly Option<string> _out = new("--out") { Description = "The run folder; ratings go into the folder of that name and -ratings.", HelpName = "folder", DefaultValueFactory = _ => "runs/demo" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata demo";

    /// <inheritdoc/>
    public override Command Build() => new("demo", "Extract pairs for word problems from the built-in corpus world and compare with simpler ways, then simulate ratings with known causes; offline, under a minute.") { _seed, _out, _json };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        if (result.GetResult(_seed)?.Errors.Any() != true && !ulong.TryParse(result.GetValue(_seed), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            yield return $"--seed is '{result.GetValue(_seed)}'; expected a whole number from 0 to {ulong.MaxValue}.";
        }
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        bool json = result.GetValue(_json);
        if (!json)
        {
            int code = await ExtractAsync(terminal, result, cancellationToken);
            if (code == ExitCode.Done)
            {
                terminal.Output.WriteLine();
                terminal.Output.WriteLine("Ratings of which every cause is known, and how they went missing:");
                terminal.Output.WriteLine();
                code = await SimulateAsync(terminal, result, cancellationToken);
            }

            return code;
        }

        // One object: that of extract, and in it that of simulate.
        (int extracted, string pairs) = await CapturedAsync(inner => ExtractAsync(inner, result, cancellationToken));
        if (extracted != ExitCode.Done)
        {
            terminal.Output.Write(pairs);
            return extracted;
        }

        (int simulated, string ratings) = await CapturedAsync(inner => SimulateAsync(inner, result, cancellationToken));
        using JsonDocument first = JsonDocument.Parse(pairs), second = JsonDocument.Parse(ratings);
        terminal.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in first.RootElement.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            writer.WritePropertyName("ratings");
            second.RootElement.WriteTo(writer);
            writer.WriteEndObject();
        });
        return simulated;
    }

    private async Task<(int Code, string Output)> CapturedAsync(Func<Terminal, Task<int>> run)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        int code = await run(new Terminal(output, terminal.Error, outputIsTerminal: false, terminal.ErrorIsTerminal));
        return (code, output.ToString());
    }

    private Task<int> ExtractAsync(Terminal shown, ParseResult result, CancellationToken cancellationToken)
    {
        string seed = result.GetValue(_seed)!;
        var request = new ExtractRequest(
            new ExtractionOptions
            {
                Corpus = [$"world:{seed},documents={Documents}"],
                Target = $"world:{seed}/word-problems",
                Heldout = $"world:{seed}/word-problems/test",
                RelevantLabels = ["word-problems"],
                Budget = new Budget(0.10, BudgetUnit.Share),
                Seed = ulong.Parse(seed, CultureInfo.InvariantCulture),
            },
            result.GetValue(_out)!, ["random", "doc-sim", "default"], 3);
        return EngineRun.RunAsync(shown, engine, time, "demo", request, [.. result.Tokens.Select(token => token.Value)], result.GetValue(_json), cancellationToken);
    }

    private Task<int> SimulateAsync(Terminal shown, ParseResult result, CancellationToken cancellationToken)
    {
        string seed = result.GetValue(_seed)!, folder = Path.TrimEndingDirectorySeparator(result.GetValue(_out)!) + "-ratings";
        World world = WorldPresets.Open("ctar", new CtarTables(SeedTables.BuiltIn(Items, Items + (Items / 10)), Items));
        SimulationOptions options = new() { Seed = ulong.Parse(seed, CultureInfo.InvariantCulture), Threads = Environment.ProcessorCount };
        SimulateRequest request = new(new SimulationRequest(world, options, SimulationFormat.Ctar, false, new CtarOptions(), "built-in generator"), "ctar", WorldPresets.Text("ctar"), [], [], folder);
        return SimulateRun.RunAsync(shown, time, request, ["simulate", "--preset", "ctar", "--seed", seed, "--out", folder], result.GetValue(_json), cancellationToken);
    }
}
