using System.Diagnostics;
using System.Globalization;

namespace Caudata.Cli.Tests;

/// <summary>The real executable as a process of its own: what only a process can show is a kill, a signal, an exit code and a heap that is too small.</summary>
internal sealed class CaudataProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private readonly Process _process;
    private readonly List<string> _errors = [];
    private readonly Task<string> _output;
    private readonly Task _error;

    private CaudataProcess(string[] arguments, string folder, IReadOnlyDictionary<string, string> environment, Action<CaudataProcess, string>? onError)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Caudata.Cli.exe" : "Caudata.Cli"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = Task.Run(async () =>
        {
            while (await _process.StandardError.ReadLineAsync() is { } line)
            {
                lock (_errors)
                {
                    _errors.Add(line);
                }

                onError?.Invoke(this, line);
            }
        });
    }

    /// <summary>How a process ended.</summary>
    /// <param name="Code">Its exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error.</param>
    public sealed record End(int Code, string Output, string Error)
    {
        /// <summary>Both streams, for the message of a failed test.</summary>
        public override string ToString() => $"exit code {Code}\n{Output}\n{Error}";
    }

    /// <summary>Runs a command line to its end.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<End> RunAsync(string folder, params string[] arguments) => RunAsync(folder, null, new Dictionary<string, string>(), arguments);

    /// <summary>Runs a command line to its end, looking at each line of its standard error.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="onError">Called with the process and each line.</param>
    /// <param name="environment">Environment variables besides the present ones.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<End> RunAsync(string folder, Action<CaudataProcess, string>? onError, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = new CaudataProcess(arguments, folder, environment, onError);
        using var patience = new CancellationTokenSource(Patience);
        await process._process.WaitForExitAsync(patience.Token);
        string output = await process._output;
        await process._error;
        return new End(process._process.ExitCode, output, string.Join('\n', process._errors));
    }

    /// <summary>Sends SIGKILL: the process can do nothing more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends SIGINT, as Ctrl-C does; SIGTERM, which stops in the same way, where the tests run in the background of a shell that has SIGINT ignored for them and their children.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", [IsInterruptIgnored() ? "-TERM" : "-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static bool IsInterruptIgnored() => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && (ulong.Parse(mask.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
