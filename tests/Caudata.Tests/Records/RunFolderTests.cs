using System.Text;
using Caudata.Records;

namespace Caudata.Tests.Records;

public sealed class RunFolderTests : IDisposable
{
    private readonly RunPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void The_configuration_has_these_bytes_and_reads_back_the_same()
    {
        RunConfiguration configuration = RunPlace.Configuration();
        const string Expected = """
            # The resolved configuration of a Caudata run. Resuming with another one is refused; 'environment' may differ.
            command: "extract"
            version: "0.1.0"
            seed: 7
            settings:
              budget: "10%"
              corpus:
                - "b.jsonl"
                - "a \"quoted\" name.jsonl"
              max-loss: 0.01
              label-column: null
              k: 25
              report: true
            inputs:
              - path: "a.jsonl"
                bytes: 12
                sha256: "0000000000000000000000000000000000000000000000000000000000000000"
            environment:
              threads: 2

            """;
        Assert.Equal(Expected, configuration.ToYaml());
        RunConfiguration read = RunConfiguration.FromYaml(configuration.ToYaml(), "run.yaml");
        Assert.Equal(configuration.ToYaml(), read.ToYaml());
        Assert.Empty(configuration.Differences(read));
        Assert.Equal(configuration.Fingerprint, (read with { Environment = [] }).Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain: [not, a, list]")]
    [InlineData("tab\tline\nreturn\r\u0001\u007f\u0085\u2028\ufeff 🙂 \\ \" # 'x' - *&!")]
    [InlineData("true")]
    [InlineData("  spaces  ")]
    public void Any_text_survives_yaml(string text)
    {
        RunConfiguration configuration = RunPlace.Configuration() with { Settings = [Setting.Of("text", text), Setting.Of("list", [text, text]), Setting.Of("empty", Array.Empty<string>())] };
        Assert.Equal(configuration.Settings, RunConfiguration.FromYaml(configuration.ToYaml(), "x").Settings);
    }

    [Fact]
    public void A_run_that_failed_before_it_began_gives_way_to_a_corrected_one()
    {
        using (RunFolder mistyped = _place.Run())
        {
            mistyped.SetState(RunState.Failed, "the target has no column 'qestion'", 2);
        }

        using (RunFolder corrected = _place.Run(seed: 8))
        {
            Assert.False(corrected.IsResumed);
            corrected.WriteText("pairs.jsonl", "{}\n");
            corrected.SetState(RunState.Failed, "the disk is full", 2);
        }

        Assert.Throws<RecordException>(() => _place.Run(seed: 9)); // something was done: it is kept
    }

    [Fact]
    public void Going_on_with_another_configuration_lists_every_difference()
    {
        _place.Run().Dispose();
        RunConfiguration other = RunPlace.Configuration(8, "5%") with { Inputs = [new RunInput("a.jsonl", 12, new string('1', 64))], Environment = [Setting.Of("threads", 1L)] };
        string message = Assert.Throws<RecordException>(() => RunFolder.Create(_place["run"], other, "")).Message;
        Assert.Contains("seed: the folder has 7, now 8", message, StringComparison.Ordinal);
        Assert.Contains("budget: the folder has 10%, now 5%", message, StringComparison.Ordinal);
        Assert.Contains("input a.jsonl: the folder has 000", message, StringComparison.Ordinal);
        Assert.DoesNotContain("threads", message, StringComparison.Ordinal);
        Assert.Contains("--out", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_one_is_told_that_somebody_works_on_it()
    {
        using RunFolder first = _place.Run();
        Assert.Contains("Another process", Assert.Throws<RecordException>(() => _place.Run()).Message, StringComparison.Ordinal);
        using RunFolder viewer = RunFolder.Open(_place["run"]);
        Assert.Equal(RunState.Running, viewer.Status.State);
        Assert.Throws<InvalidOperationException>(() => viewer.WriteText("x", "y"));
    }

    [Fact]
    public void A_run_without_its_process_is_interrupted_and_can_go_on()
    {
        _place.Run().Dispose();
        using (RunFolder viewer = RunFolder.Open(_place["run"]))
        {
            Assert.Equal(RunState.Interrupted, viewer.Status.State);
            Assert.Equal("caudata extract --seed 7", viewer.Status.ResumeCommand);
        }

        using (RunFolder again = _place.Run())
        {
            Assert.True(again.IsResumed);
            again.SetState(RunState.Finished, "done", 0);
        }

        using RunFolder last = RunFolder.Open(_place["run"]);
        Assert.Equal((RunState.Finished, "done", 0), (last.Status.State, last.Status.Detail, last.Status.ExitCode));
    }

    [Fact]
    public void A_folder_with_other_things_in_it_is_left_alone()
    {
        Directory.CreateDirectory(_place["home"]);
        File.WriteAllText(_place["home/letter.txt"], "dear");
        Assert.Contains("letter.txt", Assert.Throws<RecordException>(() => _place.Run("home")).Message, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(_place["home"]).Select(Path.GetFileName));
        Assert.Contains("is a file", Assert.Throws<RecordException>(() => _place.Run("home/letter.txt")).Message, StringComparison.Ordinal);
        Assert.Contains("not a run folder", Assert.Throws<RecordException>(() => RunFolder.Open(_place["home"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_before_the_configuration_was_written_is_no_obstacle()
    {
        Directory.CreateDirectory(_place["run"]);
        File.WriteAllText(_place["run/run.lock"], "");
        File.WriteAllText(_place["run/run.yaml.tmp"], "comm");
        using RunFolder run = _place.Run();
        Assert.False(run.IsResumed);
        Assert.False(run.Has("run.yaml.tmp"));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file()
    {
        using RunFolder run = _place.Run();
        run.WriteText("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => run.Write("a.txt", stream =>
        {
            stream.Write("ne"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", run.ReadText("a.txt"));
        Assert.False(run.Has("a.txt.tmp"));
        Assert.Throws<ArgumentException>(() => run.PathOf("../a.txt"));
    }

    [Fact]
    public void Runs_are_listed_by_name()
    {
        _place.Run("b").Dispose();
        _place.Run("a").Dispose();
        Directory.CreateDirectory(_place["c"]);
        Assert.Equal(["a", "b"], RunFolder.List(_place.Root).Select(Path.GetFileName));
        Assert.Empty(RunFolder.List(_place["none"]));
    }

    [Fact]
    public void Rejections_have_the_same_bytes_in_whatever_order_they_came()
    {
        Rejection[] rejections = [new("check", "too-short", "d2", "3 letters"), new("read", "invalid-utf8", "a.html:10", "byte 0xFF"), new("read", "empty", "b", ""), new("read", "invalid-utf8", "a.html:1", "<script>\n\"ä\"🙂"), new("extra", "x", "y", "z")];
        using RunFolder run = _place.Run();
        RejectionWriter writer = new(run.Ledger);
        writer.AddRange(rejections);
        writer.Write(run);
        string first = run.ReadText(RejectionWriter.FileName);
        foreach (string step in new[] { "read", "check", "extra" })
        {
            writer.Clear(step);
        }

        writer.AddRange(rejections.Reverse());
        using MemoryStream second = new();
        writer.Write(second);
        Assert.Equal(first, Encoding.UTF8.GetString(second.ToArray()));
        Assert.Equal("""
            {"step":"read","reason":"empty","where":"b","detail":""}
            {"step":"read","reason":"invalid-utf8","where":"a.html:1","detail":"<script>\n\"ä\"\uD83D\uDE42"}
            {"step":"read","reason":"invalid-utf8","where":"a.html:10","detail":"byte 0xFF"}
            {"step":"check","reason":"too-short","where":"d2","detail":"3 letters"}
            {"step":"extra","reason":"x","where":"y","detail":"z"}

            """, first);
        Assert.Equal(2, writer.Counts().Single(c => c.Reason == "invalid-utf8").Count);
        LossReport loss = writer.Loss(100, 0.03);
        Assert.Equal((3, 0.03, false), (loss.Lost, loss.Share, loss.IsTooMuch));
        Assert.True(writer.Loss(100, 0.029).IsTooMuch);
        Assert.False(writer.Loss(0, 0).IsTooMuch);
    }
}
