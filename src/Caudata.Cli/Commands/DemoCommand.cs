using System.CommandLine;
using System.Globalization;
using Caudata.Extraction;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata demo</c>: the whole of <c>extract</c> on the built-in corpus world, offline.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoCommand(Terminal terminal, ExtractEngine engine, TimeProvider time) : CliCommand
{
    private const int Documents = 3000;

    private readonly Option<string> _seed = new("--seed") { Description = "Seed of the world and of the run.", HelpName = "number", DefaultValueFactory = _ => "7" };
    private readonly Option<string> _out = new("--out") { Description = "The run folder.", HelpName = "folder", DefaultValueFactory = _ => "runs/demo" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata demo";

    /// <inheritdoc/>
    public override Command Build() => new("demo", "Extract pairs for word problems from the built-in corpus world and compare with simpler ways; offline, under a minute.") { _seed, _out, _json };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        if (result.GetResult(_seed)?.Errors.Any() != true && !ulong.TryParse(result.GetValue(_seed), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            yield return $"--seed is '{result.GetValue(_seed)}'; expected a whole number from 0 to {ulong.MaxValue}.";
        }
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
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
        return EngineRun.RunAsync(terminal, engine, time, "demo", request, [.. result.Tokens.Select(token => token.Value)], result.GetValue(_json), cancellationToken);
    }
}
