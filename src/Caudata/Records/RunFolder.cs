using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Caudata.Records;

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>A process works on it now.</summary>
    Running,

    /// <summary>It is complete.</summary>
    Finished,

    /// <summary>A budget or a signal stopped it; it can be resumed.</summary>
    Stopped,

    /// <summary>An error ended it; once its cause is gone it can be resumed.</summary>
    Failed,

    /// <summary>Its process died (kill, crash, loss of power); it can be resumed.</summary>
    Interrupted,
}

/// <summary>The state of a run with what one needs to go on.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Detail">Why, in plain words; may be empty.</param>
/// <param name="Started">When it was first started.</param>
/// <param name="Changed">When this state began.</param>
/// <param name="ExitCode">Exit code of the command, once it has ended.</param>
/// <param name="ResumeCommand">The command line that goes on where it stopped.</param>
public sealed record RunStatus(RunState State, string Detail, DateTimeOffset Started, DateTimeOffset Changed, int? ExitCode, string ResumeCommand);

/// <summary>One run, one folder: its configuration, its state, its lock, its ledger, and the files it writes.</summary>
/// <remarks>
/// <para>While a run folder is open for work no other process can open it for work; the lock falls with the process, also after <c>kill -9</c>.</para>
/// <para>Whole files are written beside and renamed, so that none is ever half there.</para>
/// </remarks>
public sealed class RunFolder : IDisposable
{
    /// <summary>File name of the configuration.</summary>
    public const string ConfigurationFile = "run.yaml";

    /// <summary>File name of the ledger.</summary>
    public const string LedgerFile = "ledger.db";

    /// <summary>File name of the state.</summary>
    public const string StatusFile = "status.json";

    /// <summary>File name of the lock.</summary>
    public const string LockFile = "run.lock";

    private readonly FileStream? _lock;
    private readonly TimeProvider _time;
    private Ledger? _ledger;

    private RunFolder(string path, RunConfiguration configuration, FileStream? held, TimeProvider time)
    {
        FullPath = path;
        Configuration = configuration;
        _lock = held;
        _time = time;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Name of the run: that of its folder.</summary>
    public string Name => Path.GetFileName(FullPath);

    /// <summary>The configuration it was started with.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>True when it was opened by <see cref="Open"/>: nothing can be written.</summary>
    public bool IsReadOnly => _lock is null;

    /// <summary>True when the folder was there before: finished steps need not be done again.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>The ledger, opened at first use.</summary>
    /// <exception cref="RecordException">It is damaged or of another version.</exception>
    public Ledger Ledger => _ledger ??= Ledger.Open(PathOf(LedgerFile), IsReadOnly);

    /// <summary>Makes a run folder, or opens the one that is there to go on with it. A run that failed before it had done anything gives way to any other.</summary>
    /// <param name="path">The folder, for example <c>runs/first</c>.</param>
    /// <param name="configuration">What is to be run.</param>
    /// <param name="resumeCommand">The command line that goes on with it after a stop.</param>
    /// <param name="time">The clock for <see cref="RunStatus"/>. Default: the system's.</param>
    /// <exception cref="RecordException">Another process works on it, it holds another run, or it is not a run folder.</exception>
    public static RunFolder Create(string path, RunConfiguration configuration, string resumeCommand, TimeProvider? time = null)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string yaml = Path.Combine(full, ConfigurationFile);
        FileStream? held = null;
        try
        {
            if (File.Exists(full))
            {
                throw new RecordException($"'{path}' is a file; expected a folder to write a run into. Give another --out.");
            }

            if (Directory.Exists(full) && !File.Exists(yaml) && Directory.EnumerateFileSystemEntries(full).FirstOrDefault(IsForeign) is string found)
            {
                throw new RecordException($"'{path}' holds '{Path.GetFileName(found)}' but no {ConfigurationFile}; expected a run folder, an empty folder or none. Give another --out; nothing was changed.");
            }

            Directory.CreateDirectory(full);
            held = TakeLock(full, path);
            bool resumed = File.Exists(yaml) && !IsUnbegun(full);
            if (resumed)
            {
                RunConfiguration there = RunConfiguration.FromYaml(File.ReadAllText(yaml), yaml);
                ImmutableArray<string> differences = there.Differences(configuration);
                if (!differences.IsEmpty)
                {
                    throw new RecordException($"'{path}' holds another run; expected the same configuration to go on with it:\n  " + string.Join("\n  ", differences)
                        + "\nGive another --out, or remove the folder, or ask for the same settings.");
                }
            }

            AtomicFile.WriteText(yaml, configuration.ToYaml());
            foreach (string leftover in Directory.EnumerateFiles(full, "*.tmp"))
            {
                File.Delete(leftover);
            }

            RunFolder folder = new(full, configuration, held, time ?? TimeProvider.System) { IsResumed = resumed };
            DateTimeOffset now = folder._time.GetUtcNow();
            folder.WriteStatus(new RunStatus(RunState.Running, "", (resumed ? folder.ReadStatus()?.Started : null) ?? now, now, null, resumeCommand));
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new RecordException($"The run folder '{path}' cannot be written: {DiskFault.InWords(e)} Expected a folder with write permission and room. Give another --out.", e);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run folder to look at it; works also while a process is running it.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RecordException">It is not a run folder.</exception>
    public static RunFolder Open(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string yaml = Path.Combine(full, ConfigurationFile);
        try
        {
            return new RunFolder(full, RunConfiguration.FromYaml(File.ReadAllText(yaml), yaml), null, TimeProvider.System) { IsResumed = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"'{path}' is not a run folder: {DiskFault.InWords(e)} Expected a folder with {ConfigurationFile}. 'caudata runs list' shows the runs of a folder.", e);
        }
    }

    /// <summary>The run folders directly below a folder, in ordinal order of their names.</summary>
    /// <param name="path">The folder, for example <c>runs</c>; may be absent.</param>
    public static ImmutableArray<string> List(string path) => !Directory.Exists(path)
        ? []
        : [.. Directory.EnumerateDirectories(path).Where(folder => File.Exists(Path.Combine(folder, ConfigurationFile))).Order(StringComparer.Ordinal)];

    /// <summary>The state as it is now: a run that says <see cref="RunState.Running"/> but whose lock nobody holds is <see cref="RunState.Interrupted"/>.</summary>
    public RunStatus Status
    {
        get
        {
            RunStatus status = ReadStatus() ?? new RunStatus(RunState.Interrupted, "stopped before it began", default, default, null, "");
            return status.State == RunState.Running && IsReadOnly && !IsHeld()
                ? status with { State = RunState.Interrupted, Detail = "its process ended without a word; what was committed is kept" }
                : status;
        }
    }

    /// <summary>Writes the state down.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="detail">Why, in plain words.</param>
    /// <param name="exitCode">Exit code of the command, once it has ended.</param>
    public void SetState(RunState state, string detail, int? exitCode = null)
    {
        RunStatus before = ReadStatus() ?? throw new RecordException($"'{PathOf(StatusFile)}' is gone; expected the state of the run. Was the folder removed while it ran?");
        WriteStatus(before with { State = state, Detail = detail, Changed = _time.GetUtcNow(), ExitCode = exitCode });
    }

    /// <summary>The path of a file in this folder.</summary>
    /// <param name="name">File name without folders.</param>
    /// <exception cref="ArgumentException">The name leaves the folder.</exception>
    public string PathOf(string name) => Path.GetFileName(name) == name && name is not ("" or "." or "..")
        ? Path.Combine(FullPath, name)
        : throw new ArgumentException($"'{name}' is not a plain file name.", nameof(name));

    /// <summary>True when the folder has that file.</summary>
    /// <param name="name">File name without folders.</param>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Writes a whole file, so that readers see the old one or the new one.</summary>
    /// <param name="name">File name without folders.</param>
    /// <param name="write">Writes the content.</param>
    public void Write(string name, Action<Stream> write)
    {
        ThrowIfReadOnly();
        AtomicFile.Write(PathOf(name), write);
    }

    /// <summary>Writes a whole file by awaiting.</summary>
    /// <param name="name">File name without folders.</param>
    /// <param name="write">Writes the content; the stream can seek.</param>
    public Task WriteAsync(string name, Func<Stream, Task> write)
    {
        ThrowIfReadOnly();
        return AtomicFile.WriteAsync(PathOf(name), write);
    }

    /// <summary>Writes a whole text file as UTF-8.</summary>
    /// <param name="name">File name without folders.</param>
    /// <param name="text">The text.</param>
    public void WriteText(string name, string text)
    {
        ThrowIfReadOnly();
        AtomicFile.WriteText(PathOf(name), text);
    }

    /// <summary>Reads a whole text file.</summary>
    /// <param name="name">File name without folders.</param>
    public string ReadText(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Opens a file for reading.</summary>
    /// <param name="name">File name without folders.</param>
    public Stream OpenRead(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);

    /// <summary>Removes a file; does nothing when there is none.</summary>
    /// <param name="name">File name without folders.</param>
    public void Remove(string name)
    {
        ThrowIfReadOnly();
        File.Delete(PathOf(name));
    }

    /// <summary>Opens the store of documents of that name, or makes it.</summary>
    /// <param name="name">File name. Default <c>documents.store</c>.</param>
    public DocumentStore OpenDocuments(string name = "documents.store") => DocumentStore.Open(PathOf(name), IsReadOnly);

    /// <summary>Opens a file of vectors, or makes it.</summary>
    /// <param name="name">File name, for example <c>documents.f32</c>.</param>
    /// <param name="dimension">Length d of a vector.</param>
    public VectorFile OpenVectors(string name, int dimension) => VectorFile.Open(PathOf(name), dimension, IsReadOnly);

    /// <summary>Closes the ledger (what was not committed is forgotten) and lets go of the lock.</summary>
    public void Dispose()
    {
        _ledger?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>True when the run that is there failed before it had done anything (a target that cannot be read): nothing is lost when another takes its place.</summary>
    private static bool IsUnbegun(string full) => Directory.EnumerateFileSystemEntries(full).All(path => Path.GetFileName(path) is ConfigurationFile or StatusFile or LockFile)
        && ReadStatus(Path.Combine(full, StatusFile)) is { State: RunState.Failed };

    private static bool IsForeign(string path) => Path.GetFileName(path) is not (LockFile or ConfigurationFile + ".tmp");

    private static FileStream TakeLock(string full, string shown)
    {
        // A viewer holds the lock for microseconds; a run holds it until it ends.
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(full, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (clock.ElapsedMilliseconds > 200)
                {
                    throw new RecordException($"Another process is working on '{shown}'; expected nobody, because two would spoil one run. Wait for it, stop it, or give another --out.", e);
                }

                Thread.Yield();
            }
        }
    }

    private bool IsHeld()
    {
        string path = PathOf(LockFile);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private RunStatus? ReadStatus() => ReadStatus(PathOf(StatusFile));

    private static RunStatus? ReadStatus(string path)
    {
        try
        {
            return File.Exists(path) ? Records.StatusFile.Read(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException e)
        {
            throw new RecordException($"'{path}' is not the state of a run: {e.Message} Remove it; the run can then be resumed.", e);
        }
    }

    private void WriteStatus(RunStatus status)
    {
        ThrowIfReadOnly();
        AtomicFile.Write(PathOf(StatusFile), stream => Records.StatusFile.Write(stream, status));
    }

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException($"'{FullPath}' was opened to look at; open it with {nameof(Create)} to write.");
        }
    }
}
