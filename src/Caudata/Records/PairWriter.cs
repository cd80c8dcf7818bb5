using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Caudata.Records;

/// <summary>A pair with where it came from, how it was chosen, and what became of it: a row of <c>pairs.jsonl</c>.</summary>
public sealed record PairRow
{
    /// <summary>Identifier, unique in the run.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Identifier of the document.</summary>
    public required string Document { get; init; }

    /// <summary>Where the pair starts in the normalised document, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends, exclusive.</summary>
    public required int End { get; init; }

    /// <summary>Where the document came from.</summary>
    public required string Source { get; init; }

    /// <summary>The document's label for evaluation, or null.</summary>
    public string? Label { get; init; }

    /// <summary>Cluster of the document, 0-based; null where there are none.</summary>
    public int? Cluster { get; init; }

    /// <summary>Round in which the document was chosen, 0-based.</summary>
    public required int Round { get; init; }

    /// <summary>The policy that chose it.</summary>
    public required string Policy { get; init; }

    /// <summary>Probability with which the document was chosen, in (0, 1].</summary>
    public required double Propensity { get; init; }

    /// <summary>Reward of that choice.</summary>
    public required double Reward { get; init; }

    /// <summary>The pair's share of the choice's cost, in the unit of the budget.</summary>
    public required double Cost { get; init; }

    /// <summary>Name and version of the extractor, with the pattern that found the pair.</summary>
    public required string Extractor { get; init; }

    /// <summary>Verdict of each check by its name, in the order of checking.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Checks { get; init; } = [];

    /// <summary>True when the pair is chosen for training.</summary>
    public required bool Selected { get; init; }

    /// <summary>Why it is chosen, or why not.</summary>
    public required string Reason { get; init; }
}

/// <summary>The form of the training file.</summary>
public enum TrainingFormat
{
    /// <summary>Chat messages: <c>{"messages": [{"role": "user", "content": …}, {"role": "assistant", "content": …}]}</c>.</summary>
    Messages,

    /// <summary>Alpaca: <c>{"instruction": …, "input": "", "output": …}</c>.</summary>
    Alpaca,

    /// <summary>ShareGPT: <c>{"conversations": [{"from": "human", "value": …}, {"from": "gpt", "value": …}]}</c>.</summary>
    Sharegpt,

    /// <summary>Prompt and completion: <c>{"prompt": …, "completion": …}</c>.</summary>
    Pairs,
}

/// <summary>How many pairs were written.</summary>
/// <param name="Pairs">All pairs.</param>
/// <param name="Selected">Those in the training file.</param>
public sealed record PairCounts(long Pairs, long Selected);

/// <summary>Writes the pairs of a run: <c>pairs.jsonl</c> and <c>pairs.parquet</c> with everything, and <c>train.jsonl</c> with the selected ones in the form that trainers read.</summary>
/// <remarks>The same rows in the same order give the same bytes. One pass; memory does not grow with the number of pairs.</remarks>
public static class PairWriter
{
    /// <summary>All pairs with their provenance, as JSON lines.</summary>
    public const string PairsFile = "pairs.jsonl";

    /// <summary>The same as a table.</summary>
    public const string TableFile = "pairs.parquet";

    /// <summary>The selected pairs for training.</summary>
    public const string TrainingFile = "train.jsonl";

    private static readonly ImmutableArray<Column> Columns =
    [
        new("id", ColumnKind.Text), new("question", ColumnKind.Text), new("answer", ColumnKind.Text), new("document", ColumnKind.Text), new("span_start", ColumnKind.Integer),
        new("span_end", ColumnKind.Integer), new("source", ColumnKind.Text), new("label", ColumnKind.Text), new("cluster", ColumnKind.Integer), new("round", ColumnKind.Integer),
        new("policy", ColumnKind.Text), new("propensity", ColumnKind.Number), new("reward", ColumnKind.Number), new("cost", ColumnKind.Number), new("extractor", ColumnKind.Text),
        new("checks", ColumnKind.Text), new("selected", ColumnKind.Truth), new("reason", ColumnKind.Text),
    ];

    /// <summary>Writes the three files; each appears whole or not at all.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="rows">The pairs in their order.</param>
    /// <param name="format">Form of the training file.</param>
    /// <param name="cancellationToken">Stops between pairs; then no file is changed.</param>
    public static async Task<PairCounts> WriteAsync(RunFolder folder, IEnumerable<PairRow> rows, TrainingFormat format, CancellationToken cancellationToken = default)
    {
        using AtomicFile pairs = new(folder.PathOf(PairsFile)), table = new(folder.PathOf(TableFile)), training = new(folder.PathOf(TrainingFile));
        long all = 0, selected = 0;
        TableWriter writer = await TableWriter.CreateAsync(table.Stream, Columns, cancellationToken);
        await using (writer)
        {
            using Utf8JsonWriter pairJson = new(pairs.Stream, TableWriter.JsonLines), trainingJson = new(training.Stream, TableWriter.JsonLines);
            foreach (PairRow row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WritePair(pairJson, row);
                TableWriter.EndLine(pairJson, pairs.Stream);
                await writer.AddAsync(Cells(row), cancellationToken);
                all++;
                if (row.Selected)
                {
                    WriteTraining(trainingJson, row.Question, row.Answer, format);
                    TableWriter.EndLine(trainingJson, training.Stream);
                    selected++;
                }
            }
        }

        training.Commit();
        table.Commit();
        pairs.Commit();
        return new PairCounts(all, selected);
    }

    private static object?[] Cells(PairRow row) =>
    [
        row.Id, row.Question, row.Answer, row.Document, (long)row.Start, (long)row.End, row.Source, row.Label, row.Cluster is int cluster ? (long)cluster : null, (long)row.Round,
        row.Policy, row.Propensity, row.Reward, row.Cost, row.Extractor, ChecksText(row), row.Selected, row.Reason,
    ];

    private static string ChecksText(PairRow row)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, TableWriter.JsonLines))
        {
            WriteChecks(json, row);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WritePair(Utf8JsonWriter json, PairRow row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        json.WriteString("question", row.Question);
        json.WriteString("answer", row.Answer);
        json.WriteString("document", row.Document);
        json.WriteStartArray("span");
        json.WriteNumberValue(row.Start);
        json.WriteNumberValue(row.End);
        json.WriteEndArray();
        json.WriteString("source", row.Source);
        json.WriteString("label", row.Label);
        Number(json, "cluster", row.Cluster);
        json.WriteNumber("round", row.Round);
        json.WriteString("policy", row.Policy);
        Number(json, "propensity", row.Propensity);
        Number(json, "reward", row.Reward);
        Number(json, "cost", row.Cost);
        json.WriteString("extractor", row.Extractor);
        json.WritePropertyName("checks");
        WriteChecks(json, row);
        json.WriteBoolean("selected", row.Selected);
        json.WriteString("reason", row.Reason);
        json.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter json, PairRow row)
    {
        json.WriteStartObject();
        foreach ((string name, string verdict) in row.Checks)
        {
            json.WriteString(name, verdict);
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        TableWriter.WriteValue(json, value);
    }

    private static void WriteTraining(Utf8JsonWriter json, string question, string answer, TrainingFormat format)
    {
        json.WriteStartObject();
        switch (format)
        {
            case TrainingFormat.Messages:
                Turns(json, "messages", "role", "content", "user", "assistant", question, answer);
                break;
            case TrainingFormat.Alpaca:
                json.WriteString("instruction", question);
                json.WriteString("input", "");
                json.WriteString("output", answer);
                break;
            case TrainingFormat.Sharegpt:
                Turns(json, "conversations", "from", "value", "human", "gpt", question, answer);
                break;
            default:
                json.WriteString("prompt", question);
                json.WriteString("completion", answer);
                break;
        }

        json.WriteEndObject();
    }

    private static void Turns(Utf8JsonWriter json, string list, string who, string what, string asker, string answerer, string question, string answer)
    {
        json.WriteStartArray(list);
        foreach ((string name, string text) in new[] { (asker, question), (answerer, answer) })
        {
            json.WriteStartObject();
            json.WriteString(who, name);
            json.WriteString(what, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
