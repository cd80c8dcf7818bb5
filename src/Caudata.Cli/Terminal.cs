using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Caudata.Records;
using Spectre.Console;

namespace Caudata.Cli;

/// <summary>Where a command writes: results to standard output, everything else to standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="outputIsTerminal">True when a person looks at standard output: tables get frames and colours.</param>
/// <param name="errorIsTerminal">True when a person looks at standard error: progress is drawn live.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
{
    public TextWriter Output => output;

    public TextWriter Error => error;

    public bool ErrorIsTerminal => errorIsTerminal;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Prints one JSON object.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="oneLine">True to print it on one line.</param>
    public void Json(Action<Utf8JsonWriter> write, bool oneLine = false)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = !oneLine, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        output.Write(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n");
    }

    /// <summary>The widest table that stands as it is; a wider one is turned on its side when that makes it narrower.</summary>
    private const int MostWidth = 100;

    /// <summary>Prints a table: framed for people, aligned columns for pipes. For people a table wider than 100 characters is turned on its side, a row a column, when it is narrower then.</summary>
    /// <param name="table">The table.</param>
    public void Table(SummaryTable table)
    {
        string[][] cells = [.. table.Rows.Select(row => table.Columns.Select((column, c) => Text(row[c])).ToArray())];
        bool[] right = [.. table.Columns.Select(column => column.Kind is ColumnKind.Number or ColumnKind.Integer)];
        string[] headings = [.. table.Columns.Select(column => column.Name)];
        if (outputIsTerminal && Width(headings, cells) > MostWidth)
        {
            string[] sideHeadings = [headings[0], .. cells.Select(row => row[0])];
            string[][] side = [.. Enumerable.Range(1, headings.Length - 1).Select(c => (string[])[headings[c], .. cells.Select(row => row[c])])];
            if (Width(sideHeadings, side) < Width(headings, cells))
            {
                (headings, cells, right) = (sideHeadings, side, [.. sideHeadings.Select((_, c) => c > 0)]);
            }
        }

        if (table.Title.Length > 0)
        {
            output.WriteLine();
            output.WriteLine(Printable(table.Title));
        }

        if (outputIsTerminal)
        {
            Table framed = new() { Border = TableBorder.Rounded };
            for (int c = 0; c < headings.Length; c++)
            {
                TableColumn heading = new("[bold]" + Markup.Escape(headings[c]) + "[/]");
                framed.AddColumn(right[c] ? heading.RightAligned() : heading);
            }

            foreach (string[] row in cells)
            {
                framed.AddRow([.. row.Select(Markup.Escape)]);
            }

            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(framed);
            return;
        }

        int[] widths = Widths(headings, cells);
        Line(headings);
        foreach (string[] row in cells)
        {
            Line(row);
        }

        void Line(string[] row) => output.WriteLine(string.Join("  ",
            row.Select((cell, c) => right[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
    }

    private static int[] Widths(string[] headings, string[][] cells) => [.. headings.Select((heading, c) => cells.Select(row => row[c].Length).Append(heading.Length).Max())];

    // With the frame that people get: a border and two blanks a column.
    private static int Width(string[] headings, string[][] cells) => Widths(headings, cells).Sum() + (3 * headings.Length) + 1;

    /// <summary>Prints the values of a summary, one a line.</summary>
    /// <param name="values">The values.</param>
    public void Values(IReadOnlyCollection<SummaryValue> values)
    {
        int width = values.Select(value => value.Name.Length).DefaultIfEmpty().Max();
        foreach (SummaryValue value in values)
        {
            output.WriteLine($"{value.Name.PadRight(width)}  {Text(value.Value)}".TrimEnd());
        }
    }

    /// <summary>Prints mistakes on standard error; as JSON also one object on standard output.</summary>
    /// <param name="mistakes">The mistakes, each found, expected, where and what to do.</param>
    /// <param name="code">The exit code.</param>
    /// <param name="json">True when the caller wants JSON.</param>
    /// <returns>The exit code.</returns>
    public int Fail(IReadOnlyCollection<string> mistakes, int code, bool json)
    {
        foreach (string mistake in mistakes)
        {
            error.WriteLine("caudata: " + Printable(mistake));
        }

        if (json)
        {
            Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("exit-code", code);
                writer.WriteStartArray("errors");
                foreach (string mistake in mistakes)
                {
                    writer.WriteStringValue(mistake);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }

        return code;
    }

    /// <summary>A value as people read it.</summary>
    /// <param name="value">A text, number, truth value or null.</param>
    public static string Text(object? value) => value switch
    {
        null => "-",
        string text => Printable(text).Replace('\n', ' '),
        bool truth => truth ? "yes" : "no",
        long integer => integer.ToString("#,0", CultureInfo.InvariantCulture),
        double number when number != 0 && double.IsFinite(number) && (Math.Abs(number) < 1e-3 || Math.Abs(number) >= 1e7) => number.ToString("0.###e0", CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? "-" : number > 0 ? "infinity" : "-infinity",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Texts may come from documents: no control characters (escape sequences) reach the terminal.
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) && source[i] != '\n' ? '\uFFFD' : source[i];
        }
    });
}
