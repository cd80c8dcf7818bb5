using System.Globalization;
using Caudata.Records;
using Spectre.Console;

namespace Caudata.Cli;

/// <summary>Shows progress on standard error: live bars for people, plain lines for pipes.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Runs work while its progress is shown.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunAsync<T>(Terminal terminal, TimeProvider time, Func<IProgress<RunProgress>, Task<T>> work)
    {
        if (!terminal.ErrorIsTerminal)
        {
            return await work(new Lines(terminal.Error, time));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Progress().HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    /// <summary>A line at the start of each step, and then at most one in five seconds.</summary>
    internal sealed class Lines(TextWriter error, TimeProvider time) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private string? _step;
        private long _last;

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                bool end = value.Total == value.Done && value.Total > 0;
                if (value.Step == _step && !end && time.GetElapsedTime(_last) < LineEvery)
                {
                    return;
                }

                _step = end ? null : value.Step;
                _last = time.GetTimestamp();
                error.WriteLine(Describe(value));
            }
        }
    }

    internal static string Describe(RunProgress value)
    {
        string count = value.Total is long total
            ? string.Create(CultureInfo.InvariantCulture, $" {value.Done:#,0}/{total:#,0}")
            : value.Done > 0 ? string.Create(CultureInfo.InvariantCulture, $" {value.Done:#,0}") : "";
        return $"{value.Step}{count}{(value.Detail.Length > 0 ? ": " + value.Detail : "")}";
    }

    private sealed class Bars(ProgressContext context) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Step, out ProgressTask? task))
                {
                    _tasks.Add(value.Step, task = context.AddTask(Markup.Escape(value.Step)));
                }

                task.IsIndeterminate = value.Total is null;
                task.MaxValue = Math.Max(1, value.Total ?? 1);
                task.Value = value.Total is null ? 0 : value.Total == 0 ? 1 : value.Done;
                task.Description = Markup.Escape(value.Detail.Length > 0 ? $"{value.Step}: {value.Detail}" : value.Step);
            }
        }
    }
}
