using System.Buffers;

namespace Caudata.Corpora;

/// <summary>Readable plain text of a document: the words without the markup, blocks on lines of their own.</summary>
/// <remarks>
/// <para>Embeddings, token counts and searches are made from it. Mathematics stays as LaTeX, code stays with its line breaks, picture descriptions (<c>alt</c>) stay when they say something;
/// scripts, styles, comments, navigation and LaTeX preambles go. One pass over the text with no recursion and no regular expressions: time and memory are linear in the length, and any input is
/// accepted, also cut-off or nested without end.</para>
/// </remarks>
public static partial class PlainText
{
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \n\t\r\f\u00a0");

    private static readonly SearchValues<char> MarkdownMarks = SearchValues.Create("*_`[]!<&\\$|");

    private static readonly SearchValues<char> LatexMarks = SearchValues.Create("\\%~{}$&\n`'");

    /// <summary>Plain text of a document, by its <see cref="Document.Format"/>.</summary>
    /// <param name="document">The document.</param>
    public static string Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(document.Text, document.Format);
    }

    /// <summary>Plain text of a text in a given markup.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Its markup.</param>
    public static string Of(ReadOnlySpan<char> text, DocumentFormat format)
    {
        var line = new LineWriter(text.Length);
        try
        {
            switch (format)
            {
                case DocumentFormat.Html or DocumentFormat.Cnxml:
                    FromHtml(text, ref line);
                    break;
                case DocumentFormat.Markdown:
                    FromMarkdown(text, ref line);
                    break;
                case DocumentFormat.Latex:
                    FromLatex(text, ref line);
                    break;
                default:
                    FromLines(text, ref line);
                    break;
            }

            return line.ToString();
        }
        finally
        {
            line.Dispose();
        }
    }

    private static void FromLines(ReadOnlySpan<char> text, ref LineWriter line)
    {
        foreach (var raw in text.EnumerateLines())
        {
            var trimmed = raw.TrimEnd();
            if (trimmed.IsEmpty)
            {
                line.Break(2);
            }
            else
            {
                line.Verbatim(trimmed);
                line.Break(1);
            }
        }
    }

    /// <summary>Writes words and line breaks into a pooled buffer; runs of white space become one space, breaks are merged.</summary>
    private ref struct LineWriter(int capacity)
    {
        private char[] _buffer = ArrayPool<char>.Shared.Rent(Math.Max(256, capacity + 16));
        private int _length;
        private int _breaks;
        private bool _space;

        /// <summary>Asks for a line break (1) or an empty line (2) before the next word.</summary>
        public void Break(int lines)
        {
            _breaks = Math.Max(_breaks, lines);
            _space = false;
        }

        /// <summary>Asks for a space before the next word.</summary>
        public void Space() => _space = true;

        /// <summary>Writes one character; white space is merged.</summary>
        public void Put(char c)
        {
            if (c is ' ' or '\n' or '\t' or '\r' or '\f' or '\u00a0')
            {
                _space = true;
                return;
            }

            Before(1);
            _buffer[_length++] = c;
        }

        /// <summary>Writes text; white space is merged.</summary>
        public void Words(scoped ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                var i = text.IndexOfAny(WhiteSpace);
                if (i < 0)
                {
                    Verbatim(text);
                    return;
                }

                if (i > 0)
                {
                    Verbatim(text[..i]);
                }

                _space = true;
                text = text[(i + 1)..];
            }
        }

        /// <summary>Writes text as it is.</summary>
        public void Verbatim(scoped ReadOnlySpan<char> text)
        {
            if (text.IsEmpty)
            {
                return;
            }

            Before(text.Length);
            text.CopyTo(_buffer.AsSpan(_length));
            _length += text.Length;
        }

        public override readonly string ToString() => new(_buffer, 0, _length);

        public void Dispose()
        {
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = [];
        }

        private void Before(int length)
        {
            if (_length + length + 3 > _buffer.Length)
            {
                var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length + 3));
                _buffer.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<char>.Shared.Return(_buffer);
                _buffer = larger;
            }

            if (_length > 0)
            {
                if (_breaks > 0)
                {
                    _buffer[_length++] = '\n';
                    if (_breaks > 1)
                    {
                        _buffer[_length++] = '\n';
                    }
                }
                else if (_space)
                {
                    _buffer[_length++] = ' ';
                }
            }

            _breaks = 0;
            _space = false;
        }
    }
}
