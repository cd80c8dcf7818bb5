using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Caudata.Records;

/// <summary>How many were dropped by a step for a reason.</summary>
/// <param name="Step">The step.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
public sealed record RejectionCount(string Step, string Reason, long Count);

/// <summary>How much of the input was lost, and whether that is too much.</summary>
/// <param name="Lost">Number of inputs lost.</param>
/// <param name="Inputs">Number of inputs met.</param>
/// <param name="MaxLoss">The largest share that is allowed, in [0, 1].</param>
public sealed record LossReport(long Lost, long Inputs, double MaxLoss)
{
    /// <summary>Which input: <c>corpus</c>, or a role and a file, for example <c>target gsm8k.jsonl</c>. Default <c>corpus</c>.</summary>
    public string Input { get; init; } = "corpus";

    /// <summary>Share of the input that was lost, in [0, 1]; 0 of an empty input.</summary>
    public double Share => Inputs == 0 ? 0 : (double)Lost / Inputs;

    /// <summary>True when more was lost than is allowed: the command then exits with 4.</summary>
    public bool IsTooMuch => Share > MaxLoss;
}

/// <summary>Collects what was dropped, and writes it to <c>rejected.jsonl</c>.</summary>
/// <remarks>Thread-safe. Rows are kept in the ledger's open transaction, so they are forgotten with the round that did not finish, and never doubled when it is done again.</remarks>
public sealed class RejectionWriter
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "rejected.jsonl";

    private static readonly ImmutableArray<string> Order = ["target", "heldout", "decontaminate", "read", "normalise", "split", "deduplicate", "embed", "extract", "check", "select"];
    private static readonly JsonEncodedText Step = JsonEncodedText.Encode("step"), Reason = JsonEncodedText.Encode("reason"), Where = JsonEncodedText.Encode("where"), Detail = JsonEncodedText.Encode("detail");

    private readonly Ledger _ledger;

    /// <summary>A writer into a ledger.</summary>
    /// <param name="ledger">The run's ledger.</param>
    public RejectionWriter(Ledger ledger) => _ledger = ledger;

    /// <summary>Adds one.</summary>
    /// <param name="rejection">What was dropped, and why.</param>
    public void Add(Rejection rejection) => _ledger.AddRejection(rejection);

    /// <summary>Adds several.</summary>
    /// <param name="rejections">What was dropped, and why.</param>
    public void AddRange(IEnumerable<Rejection> rejections)
    {
        foreach (Rejection rejection in rejections)
        {
            Add(rejection);
        }
    }

    /// <summary>Forgets the rejections of a step that is done again.</summary>
    /// <param name="step">The step.</param>
    public void Clear(string step) => _ledger.RemoveRejections(step);

    /// <summary>How many were dropped by step and reason: steps in the order of the work, reasons in ordinal order.</summary>
    public ImmutableArray<RejectionCount> Counts() =>
        [.. _ledger.CountRejections().OrderBy(count => Order.IndexOf(count.Step) is int at and >= 0 ? at : Order.Length)
            .ThenBy(count => count.Step, StringComparer.Ordinal).ThenBy(count => count.Reason, StringComparer.Ordinal)];

    /// <summary>The share of the input that was lost.</summary>
    /// <param name="inputs">Number of inputs met: rows, files and calls, with the lost ones.</param>
    /// <param name="maxLoss">The largest share allowed, in [0, 1]. The command line's default is 0.01.</param>
    /// <param name="isLoss">Says by step and reason whether a rejection is a lost input. Default: every rejection of the steps <c>read</c> and <c>normalise</c>.</param>
    public LossReport Loss(long inputs, double maxLoss, Func<RejectionCount, bool>? isLoss = null) =>
        new(Counts().Where(isLoss ?? (count => count.Step is "read" or "normalise")).Sum(count => count.Count), inputs, maxLoss);

    /// <summary>Writes all of them as JSON lines, ordered by step, reason, place and detail: the same rejections give the same bytes, in whatever order they were added.</summary>
    /// <param name="folder">The run folder.</param>
    public void Write(RunFolder folder) => folder.Write(FileName, Write);

    /// <summary>Writes all of them as JSON lines.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    public void Write(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        foreach (RejectionCount count in Counts())
        {
            _ledger.ForEachRejection(count.Step, count.Reason, rejection =>
            {
                json.WriteStartObject();
                json.WriteString(Step, rejection.Step);
                json.WriteString(Reason, rejection.Reason);
                json.WriteString(Where, rejection.Where);
                json.WriteString(Detail, rejection.Detail);
                json.WriteEndObject();
                json.Flush();
                json.Reset();
                stream.WriteByte((byte)'\n');
            });
        }
    }
}
