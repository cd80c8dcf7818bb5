using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Where documents come from and how they are read.</summary>
public sealed record CorpusOptions
{
    /// <summary>Files, folders and glob patterns, see <see cref="SourceFiles.Expand"/>. At least one.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>A filter in SQL (DuckDB) over the columns of the tables, for example <c>domain = 'mathematics' AND length(text) &gt; 500</c>. Default null: every row. Files that are no tables have no columns: with them it is an error.</summary>
    public string? Where { get; init; }

    /// <summary>Column with the text. Default null: <c>text</c>.</summary>
    public string? TextColumn { get; init; }

    /// <summary>Column with the identifier. Default null: <c>id</c> where there is one, else, and in rows where it is empty, <c>file:row</c>; a column that is named must have a value in every row. The empty string asks for <c>file:row</c> always.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Column with the source. Default null: <c>source</c> where there is one, else the file's name.</summary>
    public string? SourceColumn { get; init; }

    /// <summary>Column with the title. Default null: <c>title</c> where there is one, else the title that the text states, else empty.</summary>
    public string? TitleColumn { get; init; }

    /// <summary>Column with the markup (<c>html</c>, <c>markdown</c>, <c>latex</c>, <c>text</c>, <c>cnxml</c>). Default null: <c>format</c> where there is one, else recognised from the text.</summary>
    public string? FormatColumn { get; init; }

    /// <summary>Column with a label for evaluation; no engine reads it. Default null: none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Longest row or file in bytes after decompression; longer ones are rejected <c>too-long</c>. Range 1,024 to 512 MiB. Default 16 MiB: a thousand-page book has about 3 MB.</summary>
    public int MaxDocumentBytes { get; init; } = 16 << 20;

    /// <summary>Largest ratio of decompressed to compressed bytes, looked at from 64 MiB of output on. Range 2 to 100,000. Default 100: text compresses 3 to 20 times, a log of repeated lines perhaps 50, a bomb of zeros 200 to 1,032 with gzip.</summary>
    public double MaxExpansion { get; init; } = 100;

    /// <summary>Longest passage in UTF-16 code units; longer documents are split at structure. Range 200 to 10,000,000. Default 24,000: about 6,000 tokens, which any present model reads at once.</summary>
    public int MaxPassageLength { get; init; } = 24_000;

    /// <summary>How many files are read at the same time. Range 1 to 256. Default 1. The output does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>True for a table of question-answer pairs: its text is the question and its title the answer, and messages call them so.</summary>
    internal bool IsReference { get; init; }

    /// <summary>What a column is called in messages: in words, on the command line where it has an option, and in the library.</summary>
    internal string Named(DocumentColumn column) => (column, IsReference) switch
    {
        (DocumentColumn.Text, true) => "question column (--question-column, ExtractionOptions.QuestionColumn)",
        (DocumentColumn.Title, true) => "answer column (--answer-column, ExtractionOptions.AnswerColumn)",
        (DocumentColumn.Text, _) => "text column (--text-column, CorpusOptions.TextColumn)",
        (DocumentColumn.Id, _) => "identifier column (--id-column, CorpusOptions.IdColumn)",
        (DocumentColumn.Label, _) => "label column (--label-column, CorpusOptions.LabelColumn)",
        _ => $"{column.ToString().ToLowerInvariant()} column (CorpusOptions.{column}Column)",
    };

    /// <summary>Checks the options as a whole.</summary>
    /// <exception cref="InputException">Lists every mistake.</exception>
    public void Validate()
    {
        var mistakes = new List<string>();
        if (Sources.IsDefaultOrEmpty)
        {
            mistakes.Add("The corpus (--corpus, CorpusOptions.Sources) is empty; give at least one file, folder or glob.");
        }

        Range(MaxDocumentBytes, 1024, 512 << 20, nameof(MaxDocumentBytes));
        Range(MaxExpansion, 2, 100_000, nameof(MaxExpansion));
        Range(MaxPassageLength, 200, 10_000_000, nameof(MaxPassageLength));
        Range(Threads, 1, 256, nameof(Threads));
        foreach ((string? name, DocumentColumn column) in new[] { (TextColumn, DocumentColumn.Text), (SourceColumn, DocumentColumn.Source), (TitleColumn, DocumentColumn.Title), (FormatColumn, DocumentColumn.Format), (LabelColumn, DocumentColumn.Label) })
        {
            if (name is "")
            {
                mistakes.Add($"The {Named(column)} is empty; name a column, or leave the option out.");
            }
        }

        if (Where is not null && string.IsNullOrWhiteSpace(Where))
        {
            mistakes.Add($"The filter ({(IsReference ? "--target-where or --heldout-where, ExtractionOptions.TargetWhere or HeldoutWhere" : "--where, CorpusOptions.Where")}) is empty; give a SQL condition such as domain = 'mathematics', or leave the option out.");
        }

        if (mistakes.Count > 0)
        {
            throw new InputException(string.Join(' ', mistakes));
        }

        void Range(double value, double low, double high, string name)
        {
            if (!(value >= low && value <= high))
            {
                mistakes.Add($"CorpusOptions.{name} is {value}; expected {low:N0} to {high:N0}.");
            }
        }
    }
}
