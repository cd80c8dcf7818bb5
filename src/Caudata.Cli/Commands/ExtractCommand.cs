using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata extract</c>: parses and checks the options, and hands them to the engine.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class ExtractCommand(Terminal terminal, ExtractEngine engine, TimeProvider time) : CliCommand
{
    private readonly Option<string[]> _corpus = Many("--corpus", "file|glob|folder", "What to read: JSON lines, CSV, Parquet, WARC, or folders of HTML, Markdown, LaTeX, text and CNXML. world:<seed>[,documents=N] is the built-in corpus world. Repeatable.");
    private readonly Option<string?> _target = One("--target", "file", "Reference pairs of the task to serve, as JSON lines, CSV or Parquet; gzip and zstd are fine.");
    private readonly Option<string?> _targetWhere = One("--target-where", "SQL", "Only these rows of the target, for example \"split='train'\".");
    private readonly Option<string?> _questionColumn = One("--question-column", "name", "The column with the question in the files of target, held-out test and test sets. Default: question.");
    private readonly Option<string?> _answerColumn = One("--answer-column", "name", "The column with the answer in these files. Default: answer.");
    private readonly Option<string?> _budget = One("--budget", "amount", "How much may be read: 10% (of the tokens), 500documents, 2.5Mtokens, 3usd or 30minutes. Default: 10%.");
    private readonly Option<string?> _policy = One("--policy", "name", $"How documents are chosen: {string.Join(", ", ReadingPolicies.Names)}. Default: default.");
    private readonly Option<string?> _extractor = One("--extractor", "name", "How pairs are found: structural (what the markup states; no model, no network). Default: structural.");
    private readonly Option<string?> _heldout = One("--heldout", "file", "Held-out pairs of the task, used only to measure.");
    private readonly Option<string?> _heldoutWhere = One("--heldout-where", "SQL", "Only these rows of --heldout.");
    private readonly Option<string[]> _decontaminate = Many("--decontaminate", "file", "Test sets that must not leak into the pairs. Repeatable.");
    private readonly Option<string?> _labelColumn = One("--label-column", "name", "A column of the corpus that measures relevance afterwards; never read to choose.");
    private readonly Option<string[]> _relevantLabel = Many("--relevant-label", "label", "Labels that count as relevant in the evaluation; with --label-column. Repeatable.");
    private readonly Option<string?> _reward = One("--reward", "name", $"What bandits over clusters are rewarded with: {string.Join(", ", ExtractionOptions.Rewards)}. Default: ot-gain.");
    private readonly Option<string?> _clusters = One("--clusters", "number", "Number of document clusters; 0 finds it by the elbow. Default: 0.");
    private readonly Option<string?> _price = One("--price", "usd", "Price of a million tokens, for a budget in usd and for the report. Default: 0.15.");
    private readonly Option<string?> _textColumn = One("--text-column", "name", "The column that holds the text. Default: found by its name.");
    private readonly Option<string?> _idColumn = One("--id-column", "name", "The column that holds the identifier. Default: found by its name, else file and row.");
    private readonly Option<string?> _where = One("--where", "SQL", "Only these rows of the corpus.");
    private readonly Option<string?> _seed = One("--seed", "number", "Seed of all randomness. Default: 7.");
    private readonly Option<string?> _threads = One("--threads", "number", "Threads to use; the result does not depend on it. Default: all processors.");
    private readonly Option<string?> _out = One("--out", "folder", "The run folder; an unfinished run in it is resumed. Default: runs/extract.");
    private readonly Option<string?> _format = One("--format", "name", "Form of train.jsonl: messages, alpaca, sharegpt or pairs (prompt and completion). Default: messages.");
    private readonly Option<string?> _compare = One("--compare", "names", "Run these policies at the same total cost and tabulate them, for example random,doc-sim,default.");
    private readonly Option<string?> _seeds = One("--seeds", "number", "Seeds a policy in --compare. Default: 5.");
    private readonly Option<string?> _maxLoss = One("--max-loss", "share", "Share of the rows and files of an input that may be lost before the exit code is 4, in [0, 1]. Default: 0.01.");
    private readonly Option<string?> _minGain = One("--min-gain", "gain", "Stop when no choice promises more than this gain per cost. Default: 0.");
    private readonly Option<string?> _auditShare = One("--audit-share", "share", "Share of the documents that the budget pays for that the default policy draws at random, for the forecast; 0 to 0.5. Default: 0.05.");
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
        ImmutableArray<string> corpus = [.. Values(_corpus)];
        if (corpus.IsEmpty)
        {
            found.Add("--corpus is missing; expected at least one file, glob, folder or world:<seed>. Say what to read, for example --corpus docs/.");
        }

        string? target = Value(_target);
        if (target is null)
        {
            found.Add("--target is missing; expected a file of reference pairs. Say what the pairs are for, for example --target gsm8k.jsonl.gz.");
        }

        CheckFiles(_corpus, corpus, worlds: true);
        CheckFiles(_target, target is null ? [] : [target], worlds: true);
        CheckFiles(_heldout, Value(_heldout) is string heldout ? [heldout] : [], worlds: true);
        CheckFiles(_decontaminate, [.. Values(_decontaminate)], worlds: false);
        string budgetText = Value(_budget) ?? "10%";
        Budget budget = default;
        try
        {
            budget = Budget.Parse(budgetText);
        }
        catch (FormatException e)
        {
            found.Add($"--budget: {e.Message}");
        }

        string policy = Name(_policy, ReadingPolicies.Names, Value(_policy) ?? "default");
        string[] compare = Value(_compare)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (Value(_seeds) is not null && compare.Length == 0)
        {
            found.Add("--seeds is given without --compare; expected both, or neither. Add --compare random,doc-sim,default, or leave --seeds out.");
        }

        if (Value(_heldoutWhere) is not null && Value(_heldout) is null)
        {
            found.Add("--heldout-where is given without --heldout; expected the file that it filters. Add --heldout FILE.");
        }

        string folder = Value(_out) ?? "runs/extract";
        if (folder.Length == 0)
        {
            found.Add("--out is empty; expected a folder, for example --out runs/first.");
        }

        var options = new ExtractionOptions
        {
            Corpus = corpus,
            Target = target ?? "",
            TargetWhere = Value(_targetWhere),
            QuestionColumn = Value(_questionColumn) ?? "question",
            AnswerColumn = Value(_answerColumn) ?? "answer",
            Budget = budget,
            Policy = policy,
            Extractor = Name(_extractor, ExtractionOptions.Extractors, Value(_extractor) ?? "structural"),
            Heldout = Value(_heldout),
            HeldoutWhere = Value(_heldoutWhere),
            Decontaminate = [.. Values(_decontaminate)],
            LabelColumn = Value(_labelColumn),
            TextColumn = Value(_textColumn),
            IdColumn = Value(_idColumn),
            Where = Value(_where),
            Seed = Whole(_seed, 7UL, 0UL, ulong.MaxValue),
            Threads = (int)Whole(_threads, (ulong)Environment.ProcessorCount, 1, 256),
            Format = Name(_format, ExtractionOptions.Formats, Value(_format) ?? "messages"),
            MaxLoss = Real(_maxLoss, 0.01, 1),
            MinGain = Real(_minGain, 0, double.MaxValue),
            AuditShare = Real(_auditShare, 0.05, 0.5),
            LogPropensities = result.GetValue(_logPropensities),
            RelevantLabels = [.. Values(_relevantLabel)],
            Reward = Name(_reward, ExtractionOptions.Rewards, Value(_reward) ?? "ot-gain"),
            Clusters = (int)Whole(_clusters, 0, 0, 65536),
            PricePerMillionTokens = Real(_price, 0.15, double.MaxValue),
        };
        var request = new ExtractRequest(options, folder, [.. compare], (int)Whole(_seeds, 5, 1, 1000));
        found.AddRange(options.ValidateComparison(compare, request.Seeds));
        found.AddRange(options.Validate().Where(mistake => corpus.Length > 0 && target is not null && !found.Any(other => other.Contains(mistake.Split(' ')[0], StringComparison.Ordinal))));
        return found.Count == 0 ? request : null;

        string? Value(Option<string?> option) => result.GetResult(option) is { Errors: var errors } && errors.Any() ? null : result.GetValue(option);

        string[] Values(Option<string[]> option) => result.GetResult(option) is { Errors: var errors } && errors.Any() ? [] : result.GetValue(option) ?? [];

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

        ulong Whole(Option<string?> option, ulong otherwise, ulong least, ulong most)
        {
            if (Value(option) is not string text)
            {
                return otherwise;
            }

            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= least && number <= most)
            {
                return number;
            }

            found.Add($"{option.Name} is '{text}'; expected a whole number from {least} to {most}.");
            return otherwise;
        }

        double Real(Option<string?> option, double otherwise, double most)
        {
            if (Value(option) is not string text)
            {
                return otherwise;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && number <= most)
            {
                return number;
            }

            found.Add($"{option.Name} is '{text}'; expected a number from 0{(most < double.MaxValue ? $" to {most}" : " upwards")}.");
            return otherwise;
        }
    }

    private static ImmutableArray<string> Arguments(ParseResult result) => [.. result.Tokens.Select(token => token.Value)];

    private static Option<string?> One(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    private static Option<string[]> Many(string name, string what, string description) => new(name) { Description = description, HelpName = what, AllowMultipleArgumentsPerToken = true };
}
