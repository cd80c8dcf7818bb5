using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Caudata.Records;

/// <summary>A piece of a report.</summary>
public abstract record ReportSection
{
    private ReportSection() { }

    /// <summary>A heading.</summary>
    /// <param name="Text">Its text.</param>
    /// <param name="Level">2 for a section, 3 for a part of one.</param>
    public sealed record Heading(string Text, int Level = 2) : ReportSection;

    /// <summary>A paragraph of plain text.</summary>
    /// <param name="Text">The text.</param>
    public sealed record Paragraph(string Text) : ReportSection;

    /// <summary>The few numbers that matter, in large type.</summary>
    /// <param name="Items">Label, value and a note below it, which may be empty.</param>
    public sealed record Figures(ImmutableArray<(string Label, string Value, string Note)> Items) : ReportSection;

    /// <summary>A table; columns of numbers stand right, the title is its caption.</summary>
    /// <param name="Content">The table.</param>
    /// <param name="Emphasis">Index of the row to set off, 0-based; null for none.</param>
    public sealed record Table(SummaryTable Content, int? Emphasis = null) : ReportSection;

    /// <summary>A plot.</summary>
    /// <param name="Content">The plot.</param>
    public sealed record Graph(Plot Content) : ReportSection;

    /// <summary>A drawing that is an SVG file of its own; shown as an image, so that its styles stay within it.</summary>
    /// <param name="Caption">Its caption, also the text for those who do not see it.</param>
    /// <param name="Svg">The SVG file, made by the program.</param>
    public sealed record Drawing(string Caption, string Svg) : ReportSection;

    /// <summary>Text shown as it is, line breaks and all, for example a pair.</summary>
    /// <param name="Label">What it is.</param>
    /// <param name="Text">The text.</param>
    public sealed record Verbatim(string Label, string Text) : ReportSection;

    /// <summary>Sections that are folded away until they are clicked.</summary>
    /// <param name="Summary">The line to click.</param>
    /// <param name="Content">What it hides.</param>
    public sealed record Details(string Summary, ImmutableArray<ReportSection> Content) : ReportSection;
}

/// <summary>A report as one HTML file that needs nothing else: no script, no font, no image from elsewhere; readable in light and dark, on paper and on a telephone.</summary>
/// <remarks>
/// <para>Every text is escaped, because documents are untrusted: a pair that holds <c>&lt;script&gt;</c> stays text. A content security policy forbids scripts and connections besides.</para>
/// <para>The same sections give the same bytes.</para>
/// </remarks>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">A line below it; may be empty.</param>
/// <param name="Sections">The sections in order.</param>
public sealed record Report(string Title, string Subtitle, ImmutableArray<ReportSection> Sections)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "report.html";

    private const string Style = """
        :root{color-scheme:light dark;--ground:#fbfaf8;--card:#fff;--ink:#1d2126;--soft:#626a73;--line:#e3e1dc;--accent:#1f6f8b;--tint:#eef5f7;
        --s0:#1f6f8b;--s1:#d1603d;--s2:#5b8c3a;--s3:#8a5a9e;--s4:#c79a1b;--s5:#3b5fa8;--s6:#a83b62;--s7:#6b7078}
        @media(prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1b1f23;--ink:#e8e6e1;--soft:#9aa2ab;--line:#30363c;--accent:#6cc0da;--tint:#1d2b31;
        --s0:#6cc0da;--s1:#f0906f;--s2:#97c872;--s3:#c79ad8;--s4:#e5c05a;--s5:#8aa9ec;--s6:#e688a9;--s7:#a7adb5}}
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
        header{border-bottom:1px solid var(--line);padding-bottom:1.25rem;margin-bottom:1.5rem}
        h1{font-size:2rem;line-height:1.2;margin:0;letter-spacing:-.02em;overflow-wrap:anywhere}header p{margin:.5rem 0 0;color:var(--soft);overflow-wrap:anywhere}
        h2{font-size:1.3rem;margin:2.5rem 0 .75rem;letter-spacing:-.01em}h3{font-size:1.05rem;margin:1.75rem 0 .5rem}p{margin:.6rem 0;max-width:46rem;overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.25rem 0}
        .figures div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;min-width:0}
        .figures dt,.figures small{color:var(--soft);font-size:.82rem;font-weight:400;line-height:1.35;display:block}.figures dd{margin:.1rem 0;font-size:1.65rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        figure{margin:1.25rem 0;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem}
        figure img{display:block;max-width:100%;height:auto;margin:0 auto}
        figcaption,caption{font-weight:600;text-align:left;padding:0 0 .5rem;font-size:.95rem}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:1rem 0;padding:.9rem 1rem}
        table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:.4rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);unicode-bidi:isolate}
        th{color:var(--soft);font-weight:600;font-size:.8rem;white-space:nowrap}.wide th{white-space:normal}.wide th,.wide td{padding:.35rem .45rem;font-size:.8rem}td{overflow-wrap:break-word;max-width:28rem}tr:last-child td{border-bottom:0}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}tr.emphasis td{background:var(--tint);font-weight:600}
        pre{margin:.25rem 0 1rem;padding:.8rem 1rem;background:var(--ground);border:1px solid var(--line);border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere;font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate}
        .label{color:var(--soft);font-size:.8rem;font-weight:600;margin:.6rem 0 .2rem}
        details{border:1px solid var(--line);border-radius:.6rem;background:var(--card);padding:.6rem 1rem;margin:.6rem 0}summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}details[open]>summary{margin-bottom:.5rem}
        details .scroll,details figure{border:0;padding:0}
        svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif}svg text{fill:var(--soft)}svg .axis{stroke:var(--soft);stroke-width:1}svg .grid{stroke:var(--line);stroke-width:1}svg .band{opacity:.16;stroke:none}svg .path{fill:none;stroke-width:2;stroke-linejoin:round}svg .error{stroke-width:1.5;fill:none}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.82rem;color:var(--soft);padding-bottom:.4rem}.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem;vertical-align:-.08rem}
        footer{margin-top:3rem;color:var(--soft);font-size:.82rem;border-top:1px solid var(--line);padding-top:1rem}
        @media print{body{background:#fff}details{break-inside:avoid}figure,.scroll{break-inside:avoid}}
        """;

    /// <summary>Writes the report into a run folder.</summary>
    /// <param name="folder">The run folder.</param>
    public void Write(RunFolder folder) => folder.WriteText(FileName, ToHtml());

    /// <summary>The report as HTML.</summary>
    public string ToHtml()
    {
        StringBuilder html = new();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Escape(Title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
            .Append(Escape(Title)).Append("</h1>\n");
        if (Subtitle.Length > 0)
        {
            html.Append("<p>").Append(Escape(Subtitle)).Append("</p>\n");
        }

        html.Append("</header>\n");
        foreach (ReportSection section in Sections)
        {
            Write(html, section);
        }

        return html.Append("<footer>Made by Caudata. This file is complete in itself: no scripts, nothing loaded from elsewhere.</footer>\n</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Text as HTML that shows exactly it: markup characters escaped, control characters and unpaired surrogates replaced by U+FFFD.</summary>
    /// <param name="text">Any text.</param>
    internal static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                '\r' => escaped,
                < 32 or (>= 127 and < 160) => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private static void Write(StringBuilder html, ReportSection section)
    {
        switch (section)
        {
            case ReportSection.Heading heading:
                int level = Math.Clamp(heading.Level, 2, 4);
                html.Append(CultureInfo.InvariantCulture, $"<h{level}>{Escape(heading.Text)}</h{level}>\n");
                break;
            case ReportSection.Paragraph paragraph:
                html.Append("<p>").Append(Escape(paragraph.Text)).Append("</p>\n");
                break;
            case ReportSection.Figures figures:
                html.Append("<dl class=\"figures\">\n");
                foreach ((string label, string value, string note) in figures.Items)
                {
                    html.Append("<div><dt>").Append(Escape(label)).Append("</dt><dd>").Append(Escape(value)).Append(note.Length > 0 ? "<small>" + Escape(note) + "</small>" : "").Append("</dd></div>\n");
                }

                html.Append("</dl>\n");
                break;
            case ReportSection.Table table:
                Write(html, table.Content, table.Emphasis);
                break;
            case ReportSection.Graph graph:
                html.Append("<figure>\n<figcaption>").Append(Escape(graph.Content.Title)).Append("</figcaption>\n");
                graph.Content.WriteTo(html);
                html.Append("</figure>\n");
                break;
            case ReportSection.Drawing drawing:
                html.Append("<figure>\n<figcaption>").Append(Escape(drawing.Caption)).Append("</figcaption>\n<img alt=\"").Append(Escape(drawing.Caption)).Append("\" src=\"data:image/svg+xml;base64,")
                    .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.Svg))).Append("\">\n</figure>\n");
                break;
            case ReportSection.Verbatim verbatim:
                html.Append("<div class=\"label\">").Append(Escape(verbatim.Label)).Append("</div>\n<pre>").Append(Escape(verbatim.Text)).Append("</pre>\n");
                break;
            case ReportSection.Details details:
                html.Append("<details>\n<summary>").Append(Escape(details.Summary)).Append("</summary>\n");
                foreach (ReportSection inner in details.Content)
                {
                    Write(html, inner);
                }

                html.Append("</details>\n");
                break;
        }
    }

    private static void Write(StringBuilder html, SummaryTable table, int? emphasis)
    {
        html.Append(table.Columns.Length > MostColumns ? "<div class=\"scroll\">\n<table class=\"wide\">\n" : "<div class=\"scroll\">\n<table>\n");
        if (table.Title.Length > 0)
        {
            html.Append("<caption>").Append(Escape(table.Title)).Append("</caption>\n");
        }

        html.Append("<thead><tr>");
        foreach (Column column in table.Columns)
        {
            html.Append(IsNumber(column) ? "<th class=\"number\">" : "<th>").Append(Escape(column.Name)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        int[] decimals = [.. table.Columns.Select((column, c) => Decimals(column, table.Rows, c))];
        for (int r = 0; r < table.Rows.Length; r++)
        {
            html.Append(r == emphasis ? "<tr class=\"emphasis\">" : "<tr>");
            for (int c = 0; c < table.Columns.Length; c++)
            {
                html.Append(IsNumber(table.Columns[c]) ? "<td class=\"number\">" : "<td>").Append(Escape(Cell(table.Rows[r][c], decimals[c]))).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    /// <summary>A table of more columns breaks its headings and is set smaller, so that it fits the page.</summary>
    private const int MostColumns = 7;

    private static bool IsNumber(Column column) => column.Kind is ColumnKind.Integer or ColumnKind.Number;

    // The same number of decimals in a column, so that its points stand in line; -1 where sizes differ too much for that.
    private static int Decimals(Column column, ImmutableArray<object?[]> rows, int c)
    {
        string[] labels = column.Kind == ColumnKind.Number ? [.. rows.Select(row => row[c]).OfType<double>().Where(double.IsFinite).Select(Plot.Label)] : [];
        return labels.Length == 0 || labels.Any(label => label.Contains('e', StringComparison.Ordinal)) ? -1 : labels.Max(label => label.Contains('.', StringComparison.Ordinal) ? label.Length - label.IndexOf('.', StringComparison.Ordinal) - 1 : 0);
    }

    private static string Cell(object? value, int decimals) => value switch
    {
        null => "–",
        string text => text,
        bool truth => truth ? "yes" : "no",
        long integer => integer.ToString("#,0", CultureInfo.InvariantCulture),
        double number when decimals >= 0 && double.IsFinite(number) => number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        double number => Plot.Label(number),
        _ => "",
    };
}
