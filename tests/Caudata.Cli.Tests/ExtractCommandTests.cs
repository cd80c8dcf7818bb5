using System.Text.Json;
using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli.Tests;

/// <summary>The options, states and exit codes of <c>extract</c>, with an engine that does what the test says.</summary>
public sealed class ExtractCommandTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-cli-");
    private readonly StringWriter _output = new(), _error = new();
    private ExtractRequest? _request;

    public ExtractCommandTests()
    {
        File.WriteAllText(At("corpus.jsonl"), "{\"text\":\"x\"}\n");
        File.WriteAllText(At("target.jsonl"), "{\"question\":\"q\",\"answer\":\"a\"}\n");
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _root.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_root.FullName, name);

    private static RunOutcome Outcome(RunEnd end = RunEnd.Done, long lost = 0) =>
        new(end, end == RunEnd.Stopped ? "30 minutes are over" : "", new RunSummary([new("pairs", 12L)], [new SummaryTable("compare", "Compared", [new("policy", ColumnKind.Text)], [["random"]])]), [new LossReport(lost, 100, 0.01)]);

    private Task<int> Run(ExtractEngine engine, params string[] arguments) => Run(engine, CancellationToken.None, arguments);

    private async Task<int> Run(ExtractEngine engine, CancellationToken cancellationToken, params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        CommandTree tree = new(new Terminal(_output, _error, outputIsTerminal: false, errorIsTerminal: false), (request, folder, progress, token) =>
        {
            _request = request;
            return engine(request, folder, progress, token);
        }, TimeProvider.System);
        return await tree.RunAsync(arguments, cancellationToken);
    }

    private string[] Plain(params string[] more) => ["extract", "--corpus", At("corpus.jsonl"), "--target", At("target.jsonl"), "--out", At("run"), .. more];

    private static ExtractEngine Giving(RunOutcome outcome) => (_, _, _, _) => Task.FromResult(outcome);

    [Fact]
    public async Task Every_option_arrives_and_every_default_is_written_down()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), Plain("--target-where", "split='train'", "--budget", "2e6 tokens", "--policy", "ucb1", "--heldout", At("target.jsonl"), "--heldout-where", "a=1",
            "--decontaminate", At("target.jsonl"), "--label-column", "domain", "--text-column", "t", "--id-column", "i", "--question-column", "q", "--answer-column", "a", "--where", "x>1", "--seed", "18446744073709551615", "--threads", "2", "--format", "alpaca",
            "--compare", "ucb1,default", "--seeds", "3", "--max-loss", "0.5", "--min-gain", "0.001", "--audit-share", "0.2", "--log-propensities", "--reward", "similarity", "--clusters", "12", "--price", "2.5", "--relevant-label", "maths", "logic")));
        ExtractionOptions options = _request!.Options;
        Assert.Equal([At("corpus.jsonl")], options.Corpus);
        Assert.Equal(new Budget(2e6, BudgetUnit.Tokens), options.Budget);
        Assert.Equal(("split='train'", "a=1", "x>1"), (options.TargetWhere, options.HeldoutWhere, options.Where));
        Assert.Equal(("ucb1", "structural", "alpaca"), (options.Policy, options.Extractor, options.Format));
        Assert.Equal(("domain", "t", "i"), (options.LabelColumn, options.TextColumn, options.IdColumn));
        Assert.Equal(("q", "a"), (options.QuestionColumn, options.AnswerColumn));
        Assert.Equal((ulong.MaxValue, 2, 3), (options.Seed, options.Threads, _request.Seeds));
        Assert.Equal((0.5, 0.001, true), (options.MaxLoss, options.MinGain, options.LogPropensities));
        Assert.Equal(0.2, options.AuditShare);
        Assert.Equal(("similarity", 12, 2.5), (options.Reward, options.Clusters, options.PricePerMillionTokens));
        Assert.Equal(["maths", "logic"], options.RelevantLabels);
        Assert.Equal(["ucb1", "default"], _request.Compare);

        string yaml = await File.ReadAllTextAsync(At("run/run.yaml"));
        foreach (string line in new[] { "budget: \"2000000tokens\"", "extractor: \"structural\"", "max-loss: 0.5", "log-propensities: true", "corpus: corpus.jsonl", "heldout: target.jsonl" })
        {
            Assert.Contains(line, yaml, StringComparison.Ordinal);
        }

        Assert.Equal(0, await Run(Giving(Outcome()), "extract", "--corpus", "world:3", "--target", "world:3", "--out", At("defaults")));
        options = _request!.Options;
        Assert.Equal((7UL, "default", new Budget(0.1, BudgetUnit.Share), 0.01, 0.0, 0.05, 5), (options.Seed, options.Policy, options.Budget, options.MaxLoss, options.MinGain, options.AuditShare, _request.Seeds));
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        int code = await Run(Giving(Outcome()), "extract", "--corpus", At("gone.jsonl"), "--budget", "110%", "--policy", "best", "--seed", "-1", "--threads", "0", "--format", "xml", "--seeds", "5", "--heldout-where", "x", "--max-loss", "2", "--min-gain", "nan", "--colour");
        Assert.Equal(2, code);
        string error = _error.ToString();
        foreach (string part in new[] { "--colour", "gone.jsonl", "--target is missing", "--budget: '110%'", "'best'; expected one of all, avg-sim, default", "--seed is '-1'", "--threads is '0'", "'xml'", "--seeds is given without --compare", "--heldout-where is given without --heldout", "--max-loss is '2'", "--min-gain is 'nan'", "Try: caudata extract --help" })
        {
            Assert.Contains(part, error, StringComparison.Ordinal);
        }

        Assert.Equal("", _output.ToString());
        Assert.False(Directory.Exists(At("run")));
    }

    [Theory]
    [InlineData("10%", 0.1, "10%")]
    [InlineData("0.5 %", 0.005, "0.5%")]
    [InlineData("2.5Mtokens", 2.5e6, "2500000tokens")]
    [InlineData("3.5 USD", 3.5, "3.5usd")]
    [InlineData("12calls", 12, "12documents")]
    [InlineData("500", 500, "500documents")]
    [InlineData("500documents", 500, "500documents")]
    [InlineData("2e6tokens", 2e6, "2000000tokens")]
    [InlineData("1.5minutes", 1.5, "1.5minutes")]
    public void A_budget_reads_back_what_it_writes(string text, double amount, string canonical)
    {
        Budget budget = Budget.Parse(text);
        Assert.Equal((amount, canonical), (budget.Amount, budget.ToString()));
        Assert.Equal(budget, Budget.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("0%")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("nan")]
    [InlineData("inf minutes")]
    [InlineData("10 euros")]
    public void Other_budgets_are_refused(string text) => Assert.Throws<FormatException>(() => Budget.Parse(text));

    [Fact]
    public async Task Exit_codes_say_how_it_ended()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), Plain()));
        Assert.Contains("pairs  12\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, await Run(Giving(Outcome(lost: 2)), Plain()));
        Assert.Contains("2 of 100 rows and files were lost", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Run(Giving(Outcome(RunEnd.Found)), Plain()));
        Assert.Equal(3, await Run(Giving(Outcome(RunEnd.Stopped)), Plain()));
        Assert.Contains("stopped: 30 minutes are over.", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await Run((_, _, _, _) => throw new InputException("a column is missing"), Plain()));
        Assert.Contains("caudata: a column is missing\n", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await Run((_, _, _, _) => throw new InvalidOperationException("boom"), Plain()));
        Assert.DoesNotContain("   at ", _error.ToString(), StringComparison.Ordinal);
        using RunFolder run = RunFolder.Open(At("run"));
        Assert.Equal(RunState.Failed, run.Status.State);
    }

    [Fact]
    public async Task Ctrl_C_exits_with_3_and_the_run_goes_on_with_resume()
    {
        using CancellationTokenSource stop = new();
        int code = await Run(async (_, folder, _, token) =>
        {
            folder.Ledger.AddStep(new StepRecord("read", "", "", default));
            folder.Ledger.Commit();
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return Outcome();
        }, stop.Token, Plain());
        Assert.Equal(3, code);
        Assert.Contains("caudata runs resume", _error.ToString(), StringComparison.Ordinal);

        bool done = false;
        Assert.Equal(0, await Run((_, folder, _, _) =>
        {
            done = folder.Ledger.IsDone("read", "");
            return Task.FromResult(Outcome());
        }, "runs", "resume", At("run")));
        Assert.True(done);
        using RunFolder run = RunFolder.Open(At("run"));
        Assert.Equal((RunState.Finished, 0), (run.Status.State, run.Status.ExitCode));
    }

    [Fact]
    public async Task Json_is_one_object_and_progress_stays_on_standard_error()
    {
        Assert.Equal(0, await Run((_, _, progress, _) =>
        {
            progress.Report(new RunProgress("read", 1, 2));
            progress.Report(new RunProgress("read", 2, 2, "done"));
            return Task.FromResult(Outcome());
        }, Plain("--json")));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(12, json.RootElement.GetProperty("summary").GetProperty("pairs").GetInt32());
        Assert.Equal("random", json.RootElement.GetProperty("summary").GetProperty("tables").GetProperty("compare").GetProperty("rows")[0].GetProperty("policy").GetString());
        Assert.Contains("read 1/2\nread 2/2: done\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_configuration_in_the_same_folder_is_refused()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), Plain()));
        Assert.Equal(2, await Run(Giving(Outcome()), Plain("--seed", "8")));
        Assert.Contains("seed: the folder has 7, now 8", _error.ToString(), StringComparison.Ordinal);
        await File.AppendAllTextAsync(At("corpus.jsonl"), "{\"text\":\"y\"}\n");
        Assert.Equal(2, await Run(Giving(Outcome()), Plain()));
        Assert.Contains("input corpus: corpus.jsonl: the folder has", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Run(Giving(Outcome()), "extract", "--corpus", "world:3", "--target", "world:3", "--threads", "1", "--out", At("threads")));
        Assert.Equal(0, await Run(Giving(Outcome()), "extract", "--corpus", "world:3", "--target", "world:3", "--threads", "2", "--out", At("threads")));
    }

    [Fact]
    public async Task A_least_gain_is_refused_where_rankings_are_compared()
    {
        Assert.Equal(2, await Run(Giving(Outcome()), Plain("--min-gain", "0.1", "--compare", "random,default")));
        Assert.Contains("--min-gain is 0.1, but --compare names random, which", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_asks_for_the_world()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), "demo", "--seed", "9", "--out", At("demo")));
        Assert.Equal(["world:9,documents=3000"], _request!.Options.Corpus);
        Assert.Equal(2, await Run(Giving(Outcome()), "demo", "--seed", "x"));
    }

    [Fact]
    public async Task The_demo_simulates_ratings_too_and_prints_one_object()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), "demo", "--seed", "9", "--out", At("demo"), "--json"));
        using JsonDocument printed = JsonDocument.Parse(_output.ToString());
        Assert.Equal("finished", printed.RootElement.GetProperty("state").GetString());
        Assert.Equal("finished", printed.RootElement.GetProperty("ratings").GetProperty("state").GetString());
        Assert.True(File.Exists(At("demo-ratings/rating.csv")));
        Assert.Equal(0, await Run(Giving(Outcome()), "runs", "resume", At("demo-ratings")));
    }

    [Fact]
    public async Task Help_of_extract_names_every_option_and_an_example()
    {
        Assert.Equal(0, await Run(Giving(Outcome()), "extract", "--help"));
        string help = _output.ToString();
        foreach (string option in new[] { "corpus", "target", "target-where", "question-column", "answer-column", "budget", "policy", "extractor", "heldout", "heldout-where", "decontaminate", "label-column", "text-column", "id-column", "where", "seed", "threads", "out", "format", "json", "compare", "seeds", "max-loss", "min-gain", "log-propensities" })
        {
            Assert.Contains("--" + option + " ", help, StringComparison.Ordinal);
        }

        Assert.Contains("Example:\n  caudata extract --corpus", help, StringComparison.Ordinal);
    }
}
