using System.CommandLine;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata identify recover</c>: whether a query about complete data follows from data with missing values.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class IdentifyRecoverCommand(Terminal terminal) : CliCommand
{
    private readonly GraphInput _input = new(byOption: true);
    private readonly Option<string> _query = new("--query") { Description = "The query: \"P(X, Y)\", \"P(Y | X)\", \"P(Y | do(X), W)\" or \"full law\".", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata identify recover --edges \"X -> Y; X -> R_Y\" --query \"P(X, Y)\"";

    /// <inheritdoc/>
    public override string Stopped => "stopped; nothing is kept, and the same command starts anew.";

    /// <inheritdoc/>
    public override Command Build()
    {
        Command command = new("recover", "Say whether a query about complete data can be recovered where values are missing: R_V marks where V is seen.");
        _input.AddTo(command);
        command.Add(_query);
        command.Add(_json);
        return command;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result) => _input.Mistakes(result);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        bool json = result.GetValue(_json);
        return Task.FromResult(_input.Answer(terminal, result, json, graph =>
        {
            RecoveryQuestion question = RecoveryQuestion.Parse(graph, result.GetValue(_query)!);
            Write(question, Recoverability.Of(question, cancellationToken), json);
            return ExitCode.Done;
        }));
    }

    private void Write(RecoveryQuestion question, Recovery found, bool json)
    {
        CausalGraph graph = question.Graph;
        Formula? formula = (found as Recovery.Possible)?.Formula;
        string? witness = found switch { Recovery.Impossible no => no.Witness, Recovery.Unknown unknown => unknown.Tried, _ => null };
        if (json)
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("query", question.Text);
                if (found is Recovery.Unknown)
                {
                    writer.WriteNull("recoverable");
                }
                else
                {
                    writer.WriteBoolean("recoverable", found is Recovery.Possible);
                }

                writer.WriteString("by", found.By);
                writer.WriteString("formula", formula is null ? null : FormulaText.Plain(formula, graph));
                writer.WriteString("latex", formula is null ? null : FormulaText.Latex(formula, graph));
                writer.WriteString("witness", witness);
                writer.WriteEndObject();
            });
            return;
        }

        terminal.Output.WriteLine(found switch
        {
            Recovery.Possible { By: "full-law" } => $"{question.Text}: recoverable. No variable causes its own indicator and there is no colluder, so a formula exists (by odds ratios); this program does not write it out.",
            Recovery.Possible => $"{question.Text}: recoverable, {(found.By == "observed" ? "for nothing that is asked goes missing" : found.By == "complete-case" ? "from complete cases" : found.By == "ordered-factorisation" ? "by an ordered factorisation, each factor from complete cases" : "by dividing by the probabilities of being seen (R-factorisation)")}.",
            Recovery.Impossible => $"{question.Text}: not recoverable, because of {(found.By == "hedge" ? "a hedge" : found.By == "colluder" ? "a colluder" : found.By == "collider-path" ? "a path of colliders" : "self-masking")}.",
            _ => $"{question.Text}: not known. Neither a way to recover it nor a reason against it was found.",
        });
        if (formula is not null)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine($"  {(question.IsFullLaw ? "law of the variables" : question.Text)} = {FormulaText.Plain(formula, graph)}");
        }

        if (witness is not null)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine("  " + witness);
        }
    }
}
