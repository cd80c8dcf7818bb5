using Caudata.Records;

namespace Caudata.Cli.Tests;

/// <summary>Show 4: the same bytes on 1 and 2 threads, killed and resumed or not; on the real executable. <c>eng/kill-test</c> does the same with random moments on any corpus.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly string[] World = ["extract", "--corpus", "world:7,documents=600", "--target", "world:7/word-problems", "--budget", "20%", "--out", "run"];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-kill-");

    public void Dispose() => _root.Delete(recursive: true);

    private string Folder(string name) => _root.CreateSubdirectory(name).FullName;

    [Fact]
    public async Task Killed_in_three_steps_and_resumed_on_two_threads_gives_the_bytes_of_one_run_on_one_thread()
    {
        string whole = Folder("whole"), killed = Folder("killed");
        CaudataProcess.End end = await CaudataProcess.RunAsync(whole, [.. World, "--threads", "1"]);
        Assert.True(end.Code == 0, end.ToString());
        foreach (string step in new[] { "embed", "extract", "write" })
        {
            end = await CaudataProcess.RunAsync(killed, (process, line) =>
            {
                if (line.StartsWith(step, StringComparison.Ordinal))
                {
                    process.Kill();
                }
            }, new Dictionary<string, string>(), [.. World, "--threads", "2"]);
            Assert.True(end.Code is 137 or -1, end.ToString());
            using RunFolder interrupted = RunFolder.Open(Path.Combine(killed, "run"));
            Assert.Equal(RunState.Interrupted, interrupted.Status.State);
        }

        end = await CaudataProcess.RunAsync(killed, "runs", "resume", "run");
        Assert.True(end.Code == 0, end.ToString());
        Same(Path.Combine(whole, "run"), Path.Combine(killed, "run"));

        // Nothing is read twice: the ledger counts every reading that was made and kept.
        using RunFolder first = RunFolder.Open(Path.Combine(whole, "run")), second = RunFolder.Open(Path.Combine(killed, "run"));
        Spend paid = Assert.Single(first.Ledger.TotalSpend()), resumed = Assert.Single(second.Ledger.TotalSpend());
        Assert.Equal((paid.Kind, paid.Calls, paid.Tokens), (resumed.Kind, resumed.Calls, resumed.Tokens));
        Assert.Equal(paid.Calls, first.Ledger.ReadingCount);
        Assert.Equal(paid.Calls, second.Ledger.ReadingCount);
        Assert.True(paid.Calls > 0);
    }

    [Fact]
    public async Task Ctrl_C_exits_with_3_a_second_process_is_refused_and_resume_finishes()
    {
        string folder = Folder("stopped");
        CaudataProcess.End end = await CaudataProcess.RunAsync(folder, (process, line) =>
        {
            // Early: on a busy machine the line is seen, and the signal sent, when much of the rest is done.
            if (line.StartsWith("read", StringComparison.Ordinal))
            {
                process.Interrupt();
            }
        }, new Dictionary<string, string>(), World);
        Assert.True(end.Code == 3, end.ToString());
        Assert.Contains("caudata runs resume run", end.Error, StringComparison.Ordinal);
        using (RunFolder stopped = RunFolder.Open(Path.Combine(folder, "run")))
        {
            Assert.Equal(RunState.Stopped, stopped.Status.State);
        }

        Task<CaudataProcess.End>? second = null;
        end = await CaudataProcess.RunAsync(folder, (_, line) =>
        {
            if (second is null && !line.StartsWith("going on", StringComparison.Ordinal))
            {
                second = CaudataProcess.RunAsync(folder, World);
            }
        }, new Dictionary<string, string>(), "runs", "resume", "run");
        Assert.True(end.Code == 0, end.ToString());
        CaudataProcess.End refused = await second!;
        if (refused.Code != 0)
        {
            // The first may have finished before the second started; then the second only wrote the results again.
            Assert.Equal(2, refused.Code);
            Assert.Contains("Another process is working on 'run'", refused.Error, StringComparison.Ordinal);
        }

        // Other options in the folder of this run are refused, and nothing of it is changed.
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(folder, "run", "pairs.jsonl"));
        end = await CaudataProcess.RunAsync(folder, [.. World, "--policy", "random", "--seed", "8"]);
        Assert.True(end.Code == 2, end.ToString());
        Assert.Contains("policy: the folder has default, now random", end.Error, StringComparison.Ordinal);
        Assert.Contains("seed: the folder has 7, now 8", end.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(folder, "run", "pairs.jsonl")));
    }

    private static void Same(string left, string right)
    {
        // The configuration names the threads, the state the time; the ledger and the vectors are no results.
        string[] Results(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!)
            .Where(name => Path.GetExtension(name) is ".jsonl" or ".parquet" or ".json" or ".html" or ".md" && name != RunFolder.StatusFile).Order(StringComparer.Ordinal)];
        string[] names = Results(left);
        Assert.Equal(names, Results(right));
        foreach (string name in new[] { "pairs.jsonl", "train.jsonl", "rejected.jsonl", "selections.jsonl", "documents.parquet", "summary.json", "report.html", "README.md" })
        {
            Assert.Contains(name, names);
        }

        foreach (string name in names)
        {
            Assert.True(File.ReadAllBytes(Path.Combine(left, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(right, name))), $"{name} differs.");
        }
    }
}
