using System.Collections.Immutable;
using System.CommandLine;
using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata extract</c>: parses and checks the options, and hands them to the engine.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class ExtractCommand(Terminal terminal, ExtractEngine engine, TimeProvider time) : CliCommand
{
    private readonly Option<string[]> _corpus = OptionValues.Many("--corpus", "file|glob|folder", "What to read: JSON lines, CSV, Parquet, WARC, or folders of HTML, Markdown, LaTeX, text and CNXML. world:<seed>[,documents=N] is the built-in corpus world. Repeatable.", isList: true);
    private readonly Option<string?> _target = OptionValues.One("--target", "file", "Reference pairs of the task to serve, as JSON lines, CSV or Parquet; gzip and zstd are fine.");
    private readonly Option<string?> _targetWhere = OptionValues.One("--target-where", "SQL", "Only these rows of the target, for example \"split='train'\".");
    private readonly Option<string?> _questionColumn = OptionValues.One("--question-column", "name", "The column with the question in the files of target, held-out test and test sets. Default: question.");
    private readonly Option<string?> _answerColumn = OptionValues.One("--answer-column", "name", "The column with the answer in these files. Default: answer.");
    private readonly Option<string?> _budget = OptionValues.One("--budget", "amount", "How much may be read: 10% (of the tokens), 500documents, 2.5Mtokens, 3usd or 30minutes. Default: 10%.");
    private readonly Option<string?> _policy = OptionValues.One("--policy", "name", $"How documents are chosen: {string.Join(", ", ReadingPolicies.Names)}. Default: default.");
    private readonly Option<string?> _extractor = OptionValues.One("--extractor", "name", "How pairs are found: structural (what the markup states; no model, no network). Default: structural.");
    private readonly Option<string?> _heldout = OptionValues.One("--heldout", "file", "Held-out pairs of the task, used only to measure.");
    private readonly Option<string?> _heldoutWhere = OptionValues.One("--heldout-where", "SQL", "Only these rows of --heldout.");
    private readonly Option<string[]> _decontaminate = OptionValues.Many("--decontaminate", "file", "Test sets that must not leak into the pairs. Repeatable.", isList: true);
    private readonly Option<string?> _labelColumn = OptionValues.One("--label-column", "name", "A column of the corpus that measures relevance afterwards; never read to choose.");
    private readonly Option<string[]> _relevantLabel = OptionValues.Many("--relevant-label", "label", "Labels that count as relevant in the evaluation; with --label-column. Repeatable.", isList: true);
    private readonly Option<string?> _reward = OptionValues.One("--reward", "name", $"What bandits over clusters are rewarded with: {string.Join(", ", ExtractionOptions.Rewards)}. Default: ot-gain.");
    private readonly Option<string?> _clusters = OptionValues.One("--clusters", "number", "Number of document clusters; 0 finds it by the elbow. Default: 0.");
    private readonly Option<string?> _price = OptionValues.One("--price", "usd", "Price of a million tokens, for a budget in usd and for the report. Default: 0.15.");
    private readonly Option<string?> _textColumn = OptionValues.One("--text-column", "name", "The column that holds the text. Default: found by its name.");
    private readonly Option<string?> _idColumn = OptionValues.One("--id-column", "name", "The column that holds the identifier. Default: found by its name, else file and row.");
    private readonly Option<string?> _where = OptionValues.One("--where", "SQL", "Only these rows of the corpus.");
    private readonly Option<string?> _seed = OptionValues.One("--seed", "number", "Seed of all randomness. Default: 7.");
    private readonly Option<string?> _threads = OptionValues.One("--threads", "number", "Threads to use; the result does not depend on it. Default: all processors.");
    private readonly Option<string?> _out = OptionValues.One("--out", "folder", "The run folder; an unfinished run in it is resumed. Default: runs/extract.");
    private readonly Option<string?> _format = OptionValues.One("--format", "name", "Form of train.jsonl: messages, alpaca, sharegpt or pairs (prompt and completion). Default: messages.");
    private readonly Option<string?> _compare = OptionValues.One("--compare", "names", "Run these policies at the same total cost and tabulate them, for example random,doc-sim,default.");
    private readonly Option<string?> _seeds = OptionValues.One("--seeds", "number", "Seeds a policy in --compare. Default: 5.");
    private readonly Option<string?> _maxLoss = OptionValues.One("--max-loss", "share", "Share of the rows and files of an input that may be lost before the exit code is 4, in [0, 1]. Default: 0.01.");
    private readonly Option<string?> _minGain = OptionValues.One("--min-gain", "gain", "Stop when no choice promises more than this gain per cost. Default: 0.");
    private readonly Option<string?> _auditShare = OptionValues.One("--audit-share", "share", "Share of the documents that the budget pays for that the default policy draws at random, for the forecast; 0 to 0.5. Default: 0.05.");
    private readonly Option<bool> _logPropensities = new("--log-propensities") { Description = "Give every choice a known positive probability, so that the log can be evaluated." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata extract --corpus docs/ --target gsm8k.jsonl.gz --target-where \"split='train'\" --budget 10% --out runs/gsm8k";

    /// <inheritdoc/>
    public override Command Build() => new("extract", "Choose the documents of a corpus that are worth reading for a task, and extract their question-answer pairs.")
    {
        _corpus, _target, _targetWhere, _questionColumn, _answerColumn, _budget, _policy, _extractor, _heldout, _heldoutWhere, _decontaminate, _labelColumn, _relevantLabel, _textColumn, _idColumn, _where,
        _seed, _threads, _out, _format, _compare, _seeds, _maxLoss, _minGain, _auditShare, _reward, _clusters, _price, _logPropensities, _json,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        Bind(result, out List<string> mistakes);
        return mistakes;
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ExtractRequest request = Bind(result, out _)!;
        return await EngineRun.RunAsync(terminal, engine, time, "extract", request, Arguments(result), result.GetValue(_json), cancellationToken);
    }

    /// <summary>The request that a command line makes, or null when there are mistakes.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="mistakes">All mistakes.</param>
    internal ExtractRequest? Bind(ParseResult result, out List<string> mistakes)
    {
        List<string> found = mistakes = [];
        OptionValues values = new(result, found);
        ImmutableArray<string> corpus = [.. values.Texts(_corpus)];
        if (corpus.IsEmpty)
        {
            found.Add("--corpus is missing; expected at least one file, glob, folder or world:<seed>. Say what to read, for example --corpus docs/.");
        }

        string? target = values.Text(_target);
        if (target is null)
        {
            found.Add("--target is missing; expected a file of reference pairs. Say what the pairs are for, for example --target gsm8k.jsonl.gz.");
        }

        CheckFiles(_corpus, corpus, worlds: true);
        CheckFiles(_target, target is null ? [] : [target], worlds: true);
        CheckFiles(_heldout, values.Text(_heldout) is string heldout ? [heldout] : [], worlds: true);
        CheckFiles(_decontaminate, [.. values.Texts(_decontaminate)], worlds: false);
        string budgetText = values.Text(_budget) ?? "10%";
        Budget budget = default;
        try
        {
            budget = Budget.Parse(budgetText);
        }
        catch (FormatException e)
        {
            found.Add($"--budget: {e.Message}");
        }

        string policy = Name(_policy, ReadingPolicies.Names, values.Text(_policy) ?? "default");
        string[] compare = values.Text(_compare)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (values.Text(_seeds) is not null && compare.Length == 0)
        {
            found.Add("--seeds is given without --compare; expected both, or neither. Add --compare random,doc-sim,default, or leave --seeds out.");
        }

        if (values.Text(_heldoutWhere) is not null && values.Text(_heldout) is null)
        {
            found.Add("--heldout-where is given without --heldout; expected the file that it filters. Add --heldout FILE.");
        }

        string folder = values.Text(_out) ?? "runs/extract";
        if (folder.Length == 0)
        {
            found.Add("--out is empty; expected a folder, for example --out runs/first.");
        }

        var options = new ExtractionOptions
        {
            Corpus = corpus,
            Target = target ?? "",
            TargetWhere = values.Text(_targetWhere),
            QuestionColumn = values.Text(_questionColumn) ?? "question",
            AnswerColumn = values.Text(_answerColumn) ?? "answer",
            Budget = budget,
            Policy = policy,
            Extractor = Name(_extractor, ExtractionOptions.Extractors, values.Text(_extractor) ?? "structural"),
            Heldout = values.Text(_heldout),
            HeldoutWhere = values.Text(_heldoutWhere),
            Decontaminate = [.. values.Texts(_decontaminate)],
            LabelColumn = values.Text(_labelColumn),
            TextColumn = values.Text(_textColumn),
            IdColumn = values.Text(_idColumn),
            Where = values.Text(_where),
            Seed = values.Whole(_seed, 7UL, 0UL, ulong.MaxValue),
            Threads = (int)values.Whole(_threads, (ulong)Environment.ProcessorCount, 1, 256),
            Format = Name(_format, ExtractionOptions.Formats, values.Text(_format) ?? "messages"),
            MaxLoss = values.Number(_maxLoss, 0.01, 0, 1),
            MinGain = values.Number(_minGain, 0, 0, double.MaxValue),
            AuditShare = values.Number(_auditShare, 0.05, 0, 0.5),
            LogPropensities = result.GetValue(_logPropensities),
            RelevantLabels = [.. values.Texts(_relevantLabel)],
            Reward = Name(_reward, ExtractionOptions.Rewards, values.Text(_reward) ?? "ot-gain"),
            Clusters = (int)values.Whole(_clusters, 0, 0, 65536),
            PricePerMillionTokens = values.Number(_price, 0.15, 0, double.MaxValue),
        };
        var request = new ExtractRequest(options, folder, [.. compare], (int)values.Whole(_seeds, 5, 1, 1000));
        found.AddRange(options.ValidateComparison(compare, request.Seeds));
        found.AddRange(options.Validate().Where(mistake => corpus.Length > 0 && target is not null && !found.Any(other => other.Contains(mistake.Split(' ')[0], StringComparison.Ordinal))));
        return found.Count == 0 ? request : null;

        void CheckFiles(Option option, ImmutableArray<string> patterns, bool worlds)
        {
            foreach (string pattern in patterns)
            {
                if (worlds && pattern.StartsWith("world:", StringComparison.Ordinal))
                {
                    continue;
                }

                try
                {
                    SourceFiles.Expand([pattern]);
                }
                catch (InputException e)
                {
                    found.Add($"{option.Name}: {e.Message}");
                }
            }
        }

        string Name(Option option, ImmutableArray<string> known, string name)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                found.Add($"{option.Name} names '{name}'; expected one of {string.Join(", ", known)}.");
            }

            return name;
        }
    }

    private static ImmutableArray<string> Arguments(ParseResult result) => [.. result.Tokens.Select(token => token.Value)];
}
