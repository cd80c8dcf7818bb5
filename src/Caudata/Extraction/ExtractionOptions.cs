using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>What to extract from, towards which target, and how much it may cost.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Files, folders or globs, or one <c>world:SEED[,documents=N]</c>. At least one.</summary>
    public required ImmutableArray<string> Corpus { get; init; }

    /// <summary>The target task's question-answer pairs: a file, or <c>world:SEED/TARGET</c>.</summary>
    public required string Target { get; init; }

    /// <summary>SQL condition over the target's columns. Default: none.</summary>
    public string? TargetWhere { get; init; }

    /// <summary>Column of the question in the files of target, held-out test and test sets. Default <c>question</c>.</summary>
    public string QuestionColumn { get; init; } = "question";

    /// <summary>Column of the answer in these files. Default <c>answer</c>.</summary>
    public string AnswerColumn { get; init; } = "answer";

    /// <summary>SQL condition over the corpus's columns. Default: none.</summary>
    public string? Where { get; init; }

    /// <summary>Column of the text. Default: <c>text</c>.</summary>
    public string? TextColumn { get; init; }

    /// <summary>Column of the identifier. Default: <c>id</c> when there is one.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Column of a label used for evaluation only. Default: none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Labels that count as relevant in the evaluation; only with <see cref="LabelColumn"/>. Default: none.</summary>
    public ImmutableArray<string> RelevantLabels { get; init; } = [];

    /// <summary>A held-out test of the target, for evidence only: nothing is chosen by it. Default: none.</summary>
    public string? Heldout { get; init; }

    /// <summary>SQL condition over the held-out file's columns. Default: none.</summary>
    public string? HeldoutWhere { get; init; }

    /// <summary>Files of question-answer pairs that no pair may overlap. Default: none.</summary>
    public ImmutableArray<string> Decontaminate { get; init; } = [];

    /// <summary>The limit that is never exceeded. Default 10 % of the corpus's tokens.</summary>
    public Budget Budget { get; init; } = new(0.10, BudgetUnit.Share);

    /// <summary>Price of a million tokens in US dollars, for a budget in money and for the report. Range above 0. Default 0.15: a small hosted model's input price in 2026.</summary>
    public double PricePerMillionTokens { get; init; } = 0.15;

    /// <summary>Which documents to read next: one of <see cref="ReadingPolicies.Names"/>. Default <c>default</c>.</summary>
    public string Policy { get; init; } = "default";

    /// <summary>Who finds the pairs. Default and only one so far: <c>structural</c>.</summary>
    public string Extractor { get; init; } = "structural";

    /// <summary>What the bandits over clusters are rewarded with: <c>ot</c>, <c>ot-gain</c>, <c>similarity</c> or <c>perplexity</c>. Default: <c>ot-gain</c>; the two EQUAL presets have their own.</summary>
    public string Reward { get; init; } = "ot-gain";

    /// <summary>Stop when nothing unread has an upper bound of its gain above this. Range 0 or more. Default 0: spend the budget.</summary>
    /// <remarks>For the default policy in nats of the target per 1,000 tokens. For the bandits over clusters in the unit of <see cref="Reward"/> (at most 1), divided by the cost of a pull in usual pulls unless the reward is per token
    /// already. Orders made before reading (<c>random</c>, <c>all</c> and the rankings) have no such bound, and refuse it.</remarks>
    public double MinGain { get; init; }

    /// <summary>Adds exploration so that every unread document has a positive probability in every round; <c>all</c>, which takes everything in order, is left as it is. Default false.</summary>
    public bool LogPropensities { get; init; }

    /// <summary>Number of clusters; 0 chooses it by the elbow from √n on. Range 0–65,536. Default 0.</summary>
    public int Clusters { get; init; }

    /// <summary>Share of the budget that the default policy gives to its audit sample, which feeds the forecast. Range 0–0.5. Default 0.05: docs/experiments.md, "What the audit costs".</summary>
    public double AuditShare { get; init; } = 0.05;

    /// <summary>References that distances are computed to, at most; a keyed sample of larger sets. Range 10–5,000. Default 1,000.</summary>
    public int MaxReferences { get; init; } = 1000;

    /// <summary>Seed of every random choice. Default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>Threads. Range 1–256. The result does not depend on it. Default: all processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Largest share of the rows and files of any input (corpus, target, held-out test, each test set) that may be lost before the run counts as failed. Range 0–1. Default 0.01.</summary>
    public double MaxLoss { get; init; } = 0.01;

    /// <summary>Training file that is written beside <c>pairs.jsonl</c>: <c>messages</c>, <c>alpaca</c>, <c>sharegpt</c> or <c>pairs</c>. Default <c>messages</c>.</summary>
    public string Format { get; init; } = "messages";

    /// <summary>Names of the extractors.</summary>
    public static ImmutableArray<string> Extractors { get; } = ["structural"];

    /// <summary>Names of the rewards.</summary>
    public static ImmutableArray<string> Rewards { get; } = ["ot", "ot-gain", "similarity", "perplexity"];

    /// <summary>Names of the export formats.</summary>
    public static ImmutableArray<string> Formats { get; } = ["messages", "alpaca", "sharegpt", "pairs"];

    /// <summary>All mistakes of a comparison under these options, each once; empty when there are none.</summary>
    /// <param name="policies">The policies to compare; empty for no comparison.</param>
    /// <param name="seeds">Seeds a policy.</param>
    public IEnumerable<string> ValidateComparison(IReadOnlyCollection<string> policies, int seeds)
    {
        foreach (string name in policies.Where(name => !ReadingPolicies.Names.Contains(name)))
        {
            yield return $"--compare names '{name}'; expected policies of {string.Join(", ", ReadingPolicies.Names)}.";
        }

        foreach (string twice in policies.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"--compare names '{twice}' twice; expected each policy once.";
        }

        if (MinGain > 0 && policies.Where(name => ReadingPolicies.Names.Contains(name) && !ReadingPolicies.BoundsGain(name)).ToArray() is [_, ..] unbounded)
        {
            yield return $"--min-gain is {MinGain}, but --compare names {string.Join(", ", unbounded)}, which read in an order made before reading and never know what the rest is worth; leave --min-gain out.";
        }

        if (policies.Count > 0 && seeds < 1)
        {
            yield return $"--seeds is {seeds}; expected 1 or more.";
        }
    }

    /// <summary>Checks the options as a whole.</summary>
    /// <returns>All mistakes, each with what was found, what is expected and what to do; empty when there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        if (Corpus.IsDefaultOrEmpty)
        {
            mistakes.Add("No corpus is given; expected at least one file, folder, glob or world:SEED. Add --corpus.");
        }
        else if (Corpus.Length > 1 && Corpus.Any(c => c.StartsWith("world:", StringComparison.Ordinal)))
        {
            mistakes.Add("A corpus world cannot be mixed with other sources; give --corpus world:SEED alone.");
        }

        if (!Corpus.IsDefaultOrEmpty && Corpus[0].StartsWith("world:", StringComparison.Ordinal))
        {
            foreach ((string option, string? value) in (ReadOnlySpan<(string, string?)>)[("where", Where), ("text-column", TextColumn), ("id-column", IdColumn), ("label-column", LabelColumn)])
            {
                if (value is not null)
                {
                    mistakes.Add($"--{option} is '{value}', but a corpus world has no columns; leave it out, or give files.");
                }
            }
        }

        if (!(Budget.Amount > 0) || !double.IsFinite(Budget.Amount) || (Budget.Unit == BudgetUnit.Share && Budget.Amount > 1))
        {
            mistakes.Add($"--budget is {Budget}; expected an amount above 0, a share of at most 100 %.");
        }

        foreach ((string option, string value) in (ReadOnlySpan<(string, string)>)[("question-column", QuestionColumn), ("answer-column", AnswerColumn)])
        {
            if (string.IsNullOrEmpty(value))
            {
                mistakes.Add($"--{option} is empty; name a column of the target, or leave it out.");
            }
        }

        if (HeldoutWhere is not null && Heldout is null)
        {
            mistakes.Add($"--heldout-where is '{HeldoutWhere}' without --heldout; name the file of the held-out test.");
        }

        if (string.IsNullOrWhiteSpace(Target))
        {
            mistakes.Add("No target is given; expected a file of question-answer pairs. Add --target.");
        }

        Known(Policy, ReadingPolicies.Names, "policy");
        Known(Extractor, Extractors, "extractor");
        Known(Reward, Rewards, "reward");
        Known(Format, Formats, "format");
        Range(MinGain, 0, double.MaxValue, "min-gain");
        if (MinGain > 0 && ReadingPolicies.Names.Contains(Policy) && !ReadingPolicies.BoundsGain(Policy))
        {
            mistakes.Add($"--min-gain is {MinGain}, but --policy {Policy} reads in an order made before reading and never knows what the rest is worth; leave it out, or take one of {string.Join(", ", ReadingPolicies.Names.Where(ReadingPolicies.BoundsGain))}.");
        }

        Range(Clusters, 0, 65536, "clusters");
        Range(AuditShare, 0, 0.5, "audit-share");
        Range(MaxReferences, 10, 5000, "max-references");
        Range(Threads, 1, 256, "threads");
        Range(MaxLoss, 0, 1, "max-loss");
        if (!(PricePerMillionTokens > 0) || !double.IsFinite(PricePerMillionTokens))
        {
            mistakes.Add($"--price is {PricePerMillionTokens}; expected US dollars for a million tokens, above 0.");
        }

        if (!RelevantLabels.IsEmpty && LabelColumn is null && !Corpus.IsDefaultOrEmpty && !Corpus[0].StartsWith("world:", StringComparison.Ordinal))
        {
            mistakes.Add("--relevant-label is given without --label-column; name the column that holds the labels.");
        }

        return mistakes;

        void Known(string value, ImmutableArray<string> names, string option)
        {
            if (!names.Contains(value))
            {
                mistakes.Add($"--{option} is '{value}'; expected one of {string.Join(", ", names)}.");
            }
        }

        void Range(double value, double low, double high, string option)
        {
            if (!(value >= low && value <= high))
            {
                mistakes.Add($"--{option} is {value}; expected {low} to {(high == double.MaxValue ? "any number" : high)}.");
            }
        }
    }

    /// <summary>Every option with its value, in a fixed order, for <c>run.yaml</c>. Threads are left out: the result does not depend on them.</summary>
    public ImmutableArray<Setting> Settings() =>
    [
        Setting.Of("corpus", Corpus), Setting.Of("target", Target), Setting.Of("target-where", TargetWhere), Setting.Of("question-column", QuestionColumn), Setting.Of("answer-column", AnswerColumn), Setting.Of("where", Where), Setting.Of("text-column", TextColumn),
        Setting.Of("id-column", IdColumn), Setting.Of("label-column", LabelColumn), Setting.Of("relevant-label", RelevantLabels), Setting.Of("heldout", Heldout), Setting.Of("heldout-where", HeldoutWhere),
        Setting.Of("decontaminate", Decontaminate), Setting.Of("budget", Budget.ToString()), Setting.Of("price", PricePerMillionTokens), Setting.Of("policy", Policy), Setting.Of("extractor", Extractor),
        Setting.Of("reward", Reward), Setting.Of("min-gain", MinGain), Setting.Of("log-propensities", LogPropensities), Setting.Of("clusters", Clusters), Setting.Of("audit-share", AuditShare),
        Setting.Of("max-references", MaxReferences), Setting.Of("max-loss", MaxLoss), Setting.Of("format", Format),
    ];
}
