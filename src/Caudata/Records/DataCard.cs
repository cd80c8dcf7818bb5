using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Caudata.Records;

/// <summary>A source of the data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Licence">Its licence as far as it is known, for example an SPDX identifier; null when not.</param>
/// <param name="Documents">Documents read from it.</param>
/// <param name="Pairs">Pairs taken from it.</param>
public sealed record CardSource(string Name, string? Licence, long Documents, long Pairs);

/// <summary>A data file that the card offers.</summary>
/// <param name="Name">Name of the configuration.</param>
/// <param name="File">File name in the folder.</param>
/// <param name="Split">Name of the split.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record CardFile(string Name, string File, string Split, long Rows);

/// <summary>The card of a data set: what it is, where it came from, how it was chosen, what it must not be used for. Written as <c>README.md</c> with front matter that the Hugging Face hub reads.</summary>
public sealed record DataCard
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "README.md";

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>One paragraph: what this is.</summary>
    public required string Summary { get; init; }

    /// <summary>Task categories of the hub, for example <c>question-answering</c>.</summary>
    public ImmutableArray<string> TaskCategories { get; init; } = [];

    /// <summary>Language codes, if known.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The data files; the first is the default.</summary>
    public ImmutableArray<CardFile> Files { get; init; } = [];

    /// <summary>The sources with their licences.</summary>
    public ImmutableArray<CardSource> Sources { get; init; } = [];

    /// <summary>Sections of prose: heading and text in Markdown written by the program, never by a document.</summary>
    public ImmutableArray<(string Heading, string Text)> Sections { get; init; } = [];

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>Writes the card into a run folder.</summary>
    /// <param name="folder">The run folder.</param>
    public void Write(RunFolder folder) => folder.WriteText(FileName, ToMarkdown());

    /// <summary>The card as Markdown; names that come from documents are escaped.</summary>
    public string ToMarkdown()
    {
        StringBuilder card = new("---\n");
        ImmutableArray<string> licences = [.. Sources.Select(source => source.Licence ?? "unknown").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (licences is [string only])
        {
            card.Append("license: ").Append(Quote(only)).Append('\n');
        }
        else if (!licences.IsEmpty)
        {
            card.Append("license: \"other\"\nlicense_name: \"mixed-see-sources\"\n");
        }

        List(card, "task_categories", TaskCategories);
        List(card, "language", Languages);
        List(card, "tags", Tags);
        card.Append("pretty_name: ").Append(Quote(Title)).Append('\n');
        if (!Files.IsEmpty)
        {
            card.Append("size_categories:\n  - ").Append(Quote(SizeCategory(Files[0].Rows))).Append('\n').Append("configs:\n");
            foreach (CardFile file in Files)
            {
                card.Append("  - config_name: ").Append(Quote(file.Name)).Append('\n').Append(file == Files[0] ? "    default: true\n" : "").Append("    data_files:\n      - split: ").Append(Quote(file.Split))
                    .Append("\n        path: ").Append(Quote(file.File)).Append('\n');
            }
        }

        card.Append("---\n\n# ").Append(Escape(Title)).Append("\n\n").Append(Escape(Summary)).Append("\n\n");
        Table(card, "Files", ["file", "split", "rows"], Files.Select(file => new[] { file.File, file.Split, Number(file.Rows) }));
        foreach ((string heading, string text) in Sections)
        {
            card.Append("## ").Append(heading).Append("\n\n").Append(text.TrimEnd()).Append("\n\n");
        }

        Table(card, "Sources", ["source", "licence", "documents read", "pairs"],
            Sources.Select(source => new[] { source.Name, source.Licence ?? "not known: ask before you share", Number(source.Documents), Number(source.Pairs) }));
        card.Append("## Made with\n\n```\n").Append(Command.Replace("```", "` ` `", StringComparison.Ordinal)).Append("\n```\n\n`run.yaml` holds the resolved configuration with the SHA-256 of every input; the same command gives the same bytes. ")
            .Append("`rejected.jsonl` lists everything that was dropped, with its reason.\n");
        return card.ToString();
    }

    private static string SizeCategory(long rows)
    {
        string[] names = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B"];
        int at = 0;
        for (long bound = 1000; at < names.Length - 1 && rows >= bound; bound *= 10)
        {
            at++;
        }

        return names[at];
    }

    private static void List(StringBuilder card, string key, ImmutableArray<string> values)
    {
        if (!values.IsEmpty)
        {
            card.Append(key).Append(":\n");
            foreach (string value in values)
            {
                card.Append("  - ").Append(Quote(value)).Append('\n');
            }
        }
    }

    private static void Table(StringBuilder card, string heading, string[] columns, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        card.Append("## ").Append(heading).Append("\n\n| ").AppendJoin(" | ", columns).Append(" |\n|").Insert(card.Length, "---|", columns.Length).Append('\n');
        foreach (string[] row in all)
        {
            card.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        }

        card.Append('\n');
    }

    private static string Quote(string text) => RunConfiguration.Quote(text);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    // Untrusted names must not become markup, links or new table cells.
    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' or '\r' or '\t' => escaped.Append(' '),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '#' or '~' or '!' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
