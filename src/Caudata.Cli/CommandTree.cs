using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Caudata.Cli.Commands;
using Caudata.Records;

namespace Caudata.Cli;

/// <summary>All commands that work, and how a command line is run.</summary>
internal sealed class CommandTree
{
    private readonly RootCommand _root;
    private readonly Option<bool> _verbose = new("--verbose") { Description = "On an error, show the stack trace too.", Recursive = true };
    private readonly Dictionary<Command, CliCommand> _commands = [];
    private readonly Terminal _terminal;

    /// <summary>Builds the tree.</summary>
    /// <param name="terminal">Where commands write.</param>
    /// <param name="engine">The engine behind <c>extract</c>; null leaves the commands that need it out.</param>
    /// <param name="time">The clock.</param>
    public CommandTree(Terminal terminal, ExtractEngine? engine, TimeProvider time)
    {
        _terminal = terminal;
        _root = new RootCommand("Data that knows how it was chosen: which documents to read for a task, and which question-answer pairs they hold.")
        {
            _verbose,
        };
        _root.HelpName = "caudata";
        Dictionary<Command, string> examples = [];
        if (engine is not null)
        {
            Add(_root, new ExtractCommand(terminal, engine, time));
            Add(_root, new DemoCommand(terminal, engine, time));
        }

        Command simulate = Add(_root, new SimulateCommand(terminal, time));
        Add(simulate, new SimulateFitCommand(terminal, time));
        Add(simulate, new SimulateFidelityCommand(terminal, time));
        Command identify = Add(_root, new IdentifyCommand(terminal));
        Add(identify, new IdentifyRecoverCommand(terminal));
        Command runs = new("runs", "Look at run folders, compare them, and go on with one that stopped.");
        _root.Add(runs);
        Add(runs, new RunsListCommand(terminal));
        Add(runs, new RunsShowCommand(terminal));
        Add(runs, new RunsCompareCommand(terminal));
        Add(runs, new RunsResumeCommand(terminal, RunAsync));
        Command graph = new("graph", "Look at causal graphs: draw them, convert them, ask what they claim.");
        _root.Add(graph);
        Add(graph, new GraphDrawCommand(terminal));
        Add(graph, new GraphConvertCommand(terminal));
        Add(graph, new GraphSeparateCommand(terminal));
        Add(graph, new GraphDescribeCommand(terminal));
        examples[graph] = "caudata graph describe --edges \"X -> M -> Y; X <-> Y\"";
        examples[_root] = engine is null ? "caudata runs list" : "caudata demo";
        examples[runs] = "caudata runs show runs/first";

        HelpOption help = _root.Options.OfType<HelpOption>().Single();
        ExampleHelp action = new((HelpAction)help.Action!, examples);
        help.Action = action;
        _root.SetAction(result => action.Invoke(result));
        runs.SetAction(result => action.Invoke(result));
        graph.SetAction(result => action.Invoke(result));

        Command Add(Command parent, CliCommand command)
        {
            Command node = command.Build();
            node.SetAction((result, cancellationToken) => command.RunAsync(result, cancellationToken));
            parent.Add(node);
            _commands.Add(node, command);
            examples.Add(node, command.Example);
            return node;
        }
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ParseResult result = _root.Parse(arguments);
        bool json = arguments.Contains("--json", StringComparer.Ordinal);
        if (result.Action is not ExampleHelp)
        {
            // What the parser could not place is told in our words: an option that is not there, with what follows it.
            string[] unknown = [.. result.UnmatchedTokens.Concat(result.CommandResult.Tokens.Select(token => token.Value)).Where(value => value.StartsWith("--", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
            List<string> mistakes = [.. result.Errors.Select(error => error.Message).Where(message => unknown.Length == 0 || result.CommandResult.Command.Subcommands.Any() || !result.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal))).Distinct(StringComparer.Ordinal)];
            mistakes.AddRange(unknown.Select(value => $"there is no option '{value}'; expected one that {Path(result)} --help lists.{Closest.Suggest(value.Split('=')[0], result.CommandResult.Command.Options.Select(option => option.Name))}"));
            if (_commands.TryGetValue(result.CommandResult.Command, out CliCommand? command))
            {
                mistakes.AddRange(OwnMistakes(command, result).Where(mistake => !mistakes.Contains(mistake, StringComparer.Ordinal)));
            }

            if (mistakes.Count > 0)
            {
                int code = _terminal.Fail(mistakes, ExitCode.Wrong, json);
                _terminal.Error.WriteLine($"Try: {Path(result)} --help");
                return code;
            }
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { Output = _terminal.Output, Error = _terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return _terminal.Fail([_commands.TryGetValue(result.CommandResult.Command, out CliCommand? stopped) ? stopped.Stopped : "stopped."], ExitCode.Stopped, json);
        }
        catch (Exception e) when (e is RecordException or InputException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message, e);
        }
        catch (Exception e)
        {
            return Fail($"an error of the program itself: {e.Message} ({e.GetType().Name}). Run again with --verbose and report what it shows; a run folder keeps what was finished.", e);
        }

        int Fail(string message, Exception e)
        {
            if (result.GetValue(_verbose))
            {
                _terminal.Error.WriteLine(e.ToString());
            }

            return _terminal.Fail([message], ExitCode.Wrong, json);
        }
    }

    /// <summary>What a command itself finds wrong. What is missing cannot be looked at, and the parser has said so already.</summary>
    private static List<string> OwnMistakes(CliCommand command, ParseResult result)
    {
        try
        {
            return [.. command.Mistakes(result)];
        }
        catch (InvalidOperationException) when (result.Errors.Count > 0)
        {
            return [];
        }
    }

    private static string Path(ParseResult result)
    {
        List<string> names = [];
        for (System.CommandLine.Parsing.SymbolResult? at = result.CommandResult; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "caudata" : command.Command.Name);
        }

        return string.Join(' ', names);
    }

    /// <summary>The usual help, and below it a command line that works.</summary>
    private sealed class ExampleHelp(HelpAction inner, Dictionary<Command, string> examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.MaxWidth = 120;
            inner.Invoke(parseResult);
            if (examples.TryGetValue(parseResult.CommandResult.Command, out string? example))
            {
                parseResult.InvocationConfiguration.Output.WriteLine("Example:");
                foreach (string line in example.Split('\n'))
                {
                    parseResult.InvocationConfiguration.Output.WriteLine("  " + line);
                }
            }

            return ExitCode.Done;
        }
    }
}
