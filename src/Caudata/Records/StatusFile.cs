using System.Text.Json;

namespace Caudata.Records;

/// <summary>The state of a run as JSON. Written and read by hand: a serializer that looks at types would cost every command a twentieth of a second to start.</summary>
internal static class StatusFile
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes a state.</summary>
    public static void Write(Stream stream, RunStatus status)
    {
        using Utf8JsonWriter writer = new(stream, Options);
        writer.WriteStartObject();
        writer.WriteString("state", NameOf(status.State));
        writer.WriteString("detail", status.Detail);
        writer.WriteString("started", status.Started);
        writer.WriteString("changed", status.Changed);
        if (status.ExitCode is int code)
        {
            writer.WriteNumber("exit-code", code);
        }
        else
        {
            writer.WriteNull("exit-code");
        }

        writer.WriteString("resume-command", status.ResumeCommand);
        writer.WriteEndObject();
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RunStatus Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        try
        {
            string state = root.GetProperty("state").GetString() ?? "";
            JsonElement code = root.GetProperty("exit-code");
            return new RunStatus(
                Enum.GetValues<RunState>().Cast<RunState?>().FirstOrDefault(s => NameOf(s!.Value) == state) ?? throw new JsonException($"'{state}' is no state; expected one of {string.Join(", ", Enum.GetValues<RunState>().Select(NameOf))}."),
                root.GetProperty("detail").GetString() ?? "",
                root.GetProperty("started").GetDateTimeOffset(),
                root.GetProperty("changed").GetDateTimeOffset(),
                code.ValueKind == JsonValueKind.Null ? null : code.GetInt32(),
                root.GetProperty("resume-command").GetString() ?? "");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("It lacks a field of a run's state, or has a value of another kind; expected state, detail, started, changed, exit-code and resume-command.", e);
        }
    }

    private static string NameOf(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Finished => "finished",
        RunState.Stopped => "stopped",
        RunState.Failed => "failed",
        RunState.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
