using System.Buffers;
using System.Text;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Writes parts of a <see cref="MarkupTree"/> as light Markdown: paragraphs, lists, tables, fenced code; mathematics as LaTeX; no emphasis, no link targets, no pictures.</summary>
/// <remarks>One loop with an explicit stack; reusable, not thread-safe.</remarks>
internal sealed partial class MarkupText
{
    /// <summary>Nesting of lists beyond which lines are not indented further.</summary>
    private const int DeepestIndent = 6;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \n\t\r\f\u00a0");
    private static readonly SearchValues<char> LatexMarks = SearchValues.Create("\\%~{}$`'&");
    private static readonly SearchValues<char> FormulaMarks = SearchValues.Create(" \n\t\r%\\");
    private static readonly SearchValues<char> MarkdownMarks = SearchValues.Create("`[]!<*_&\\$");

    private readonly StringBuilder _out = new(1024);
    private readonly List<int> _stack = new(32);
    private readonly List<int> _indents = new(8);
    private readonly List<int> _counters = new(8);
    private readonly List<int> _columns = new(4);
    private MarkupTree _tree = null!;
    private string _source = "";
    private uint _skippedRoles;
    private int _skippedNode;
    private int _breaks;
    private bool _space;
    private bool _marked;
    private int _cells;

    /// <summary>Lists that stand directly in the written part get the letters A, B, C as markers: options of a multiple choice.</summary>
    public bool Letters { get; set; }

    /// <summary>Bit of a role for the mask of skipped roles.</summary>
    public static uint Bit(MarkupRole role) => 1u << (int)role;

    /// <summary>Starts a new text over a tree.</summary>
    public MarkupText Start(MarkupTree tree)
    {
        _tree = tree;
        _source = tree.Source;
        _out.Clear();
        _stack.Clear();
        _indents.Clear();
        _counters.Clear();
        _columns.Clear();
        _breaks = 0;
        _space = false;
        _marked = false;
        _cells = 0;
        Letters = false;
        _skippedRoles = 0;
        _skippedNode = -1;
        return this;
    }

    /// <summary>Writes the nodes from <paramref name="from"/> up to <paramref name="to"/> (whole subtrees), without those of the skipped roles, without <paramref name="skippedNode"/>, and without characters before <paramref name="firstCharacter"/>.</summary>
    public MarkupText Add(int from, int to, uint skippedRoles = 0, int skippedNode = -1, int firstCharacter = 0, int lastCharacter = int.MaxValue)
    {
        _skippedRoles = skippedRoles;
        _skippedNode = skippedNode;
        var nodes = _tree.Nodes;
        var i = from;
        while (i < to)
        {
            while (_stack.Count > 0 && i >= nodes[_stack[^1]].Next)
            {
                Exit(nodes[_stack[^1]]);
                _stack.RemoveAt(_stack.Count - 1);
            }

            ref readonly var node = ref nodes[i];
            if (node.End <= firstCharacter && node.Kind != MarkupKind.Break || node.Start >= lastCharacter || node.Kind == MarkupKind.Ignored || i == _skippedNode || (node.Role != MarkupRole.None && (_skippedRoles & Bit(node.Role)) != 0))
            {
                i = node.Next;
                continue;
            }

            if (node.Kind == MarkupKind.Text)
            {
                Characters(node, Math.Max(node.Start, firstCharacter), Math.Min(node.End, lastCharacter));
                i++;
            }
            else if (Enter(node, i))
            {
                _stack.Add(i);
                i++;
            }
            else
            {
                i = node.Next;
            }
        }

        while (_stack.Count > 0)
        {
            Exit(nodes[_stack[^1]]);
            _stack.RemoveAt(_stack.Count - 1);
        }

        Break(2);
        return this;
    }

    /// <summary>Adds a ready paragraph.</summary>
    public MarkupText AddLine(ReadOnlySpan<char> text)
    {
        Break(2);
        Raw(text);
        Break(2);
        return this;
    }

    /// <summary>The text written so far.</summary>
    public override string ToString()
    {
        var length = _out.Length;
        while (length > 0 && char.IsWhiteSpace(_out[length - 1]))
        {
            length--;
        }

        var start = 0;
        while (start < length && char.IsWhiteSpace(_out[start]))
        {
            start++;
        }

        return _out.ToString(start, length - start);
    }

    private bool Enter(in MarkupNode node, int index)
    {
        switch (node.Kind)
        {
            case MarkupKind.Paragraph or MarkupKind.Container or MarkupKind.Heading or MarkupKind.Quote or MarkupKind.Disclosure or MarkupKind.Summary or MarkupKind.Definitions or MarkupKind.Term or MarkupKind.Description or MarkupKind.Caption:
                Break(node.Kind is MarkupKind.Description || (node.Kind is MarkupKind.Container && _columns.Count > 0) ? 1 : 2); // head and body of a table are one
                return true;
            case MarkupKind.List or MarkupKind.OrderedList:
                Break(_indents.Count > 0 ? 1 : 2);
                _counters.Add(node.Kind == MarkupKind.OrderedList ? node.Number >= 0 ? node.Number : 1 : 0);
                return true;
            case MarkupKind.Item:
                Item(node, index);
                return true;
            case MarkupKind.Table:
                Break(2);
                _columns.Add(-1);
                return true;
            case MarkupKind.Row when _cells == 0:
                Break(1);
                Raw("|");
                if (_columns.Count == 0)
                {
                    _columns.Add(-1);
                }

                _counters.Add(0);
                return true;
            case MarkupKind.Row:
                _space = true;
                _counters.Add(0);
                return true;
            case MarkupKind.Cell or MarkupKind.HeaderCell:
                if (_counters.Count > 0)
                {
                    _counters[^1]++;
                }

                if (_cells++ == 0)
                {
                    _space = true;
                    _marked = false;
                }

                return true;
            case MarkupKind.Preformatted:
                Preformatted(node, index);
                return false;
            case MarkupKind.Code:
                Inline("`");
                return true;
            case MarkupKind.Superscript or MarkupKind.Subscript:
                return Script(node);
            case MarkupKind.Math:
                Mathematics(node, index, IsDisplayed(node));
                return false;
            case MarkupKind.DisplayMath:
                Mathematics(node, index, true);
                return false;
            case MarkupKind.Break:
                Break(1);
                return false;
            case MarkupKind.Image:
                FormulaImage(node);
                return false;
            case MarkupKind.Rule or MarkupKind.Figure or MarkupKind.Reference:
                _space = true;
                return false;
            default:
                return true;
        }
    }

    private void Exit(in MarkupNode node)
    {
        switch (node.Kind)
        {
            case MarkupKind.Paragraph or MarkupKind.Container or MarkupKind.Heading or MarkupKind.Quote or MarkupKind.Disclosure or MarkupKind.Summary or MarkupKind.Definitions or MarkupKind.Caption:
                Break(node.Kind is MarkupKind.Container && _columns.Count > 0 ? 1 : 2);
                break;
            case MarkupKind.Term:
                Break(1);
                break;
            case MarkupKind.Description:
                Break(1);
                break;
            case MarkupKind.List or MarkupKind.OrderedList:
                _counters.RemoveAt(_counters.Count - 1);
                Break(_indents.Count > 0 ? 1 : 2);
                break;
            case MarkupKind.Item:
                _indents.RemoveAt(_indents.Count - 1);
                _marked = false;

                // Items stand close together, whatever blocks they end with.
                Break(1);
                _breaks = Math.Min(_breaks, 1);
                break;
            case MarkupKind.Table:
                _columns.RemoveAt(_columns.Count - 1);
                Break(2);
                break;
            case MarkupKind.Row:
                var cells = _counters[^1];
                _counters.RemoveAt(_counters.Count - 1);
                if (_cells == 0 && _columns.Count > 0 && _columns[^1] < 0)
                {
                    _columns[^1] = cells;
                    Break(1);
                    Raw("|");
                    for (var c = 0; c < cells; c++)
                    {
                        Raw(" --- |");
                    }
                }

                if (_cells == 0)
                {
                    Break(1);
                }

                break;
            case MarkupKind.Cell or MarkupKind.HeaderCell:
                _cells = Math.Max(0, _cells - 1);
                if (_cells == 0)
                {
                    _breaks = 0;
                    _space = false;
                    Raw(" |");
                }

                break;
            case MarkupKind.Code:
                _out.Append('`');
                break;
            case MarkupKind.Superscript or MarkupKind.Subscript:
                if (node.ContentEnd - node.ContentStart > 1)
                {
                    _out.Append('}');
                }

                break;
        }
    }

    /// <summary>Whether the text of a numbered item begins with a letter of its own: "(a) ...", "ⓐ ...".</summary>
    private bool IsLettered(in MarkupNode node, int index)
    {
        var nodes = _tree.Nodes;
        for (var i = index + 1; i < node.Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Text && _source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).TrimStart() is { IsEmpty: false } text)
            {
                return text[0] is (>= 'ⓐ' and <= 'ⓩ') or (>= 'Ⓐ' and <= 'Ⓩ') || (text.Length > 3 && text[0] == '(' && char.IsAsciiLetter(text[1]) && text[2] == ')');
            }

            if (nodes[i].Kind is MarkupKind.Math or MarkupKind.Image)
            {
                return false;
            }
        }

        return false;
    }

    private void Item(in MarkupNode node, int index)
    {
        Break(1);
        var indent = 2;
        if (_counters.Count > 0 && (IsLettered(node, index) || (_counters[^1] > 0 && BearsMark(index, _counters[^1]))))
        {
            _counters[^1] += _counters[^1] > 0 ? 1 : 0;
            indent = 0;
        }
        else if (_counters.Count > 0 && (_counters[^1] > 0 || (Letters && _counters.Count == 1)))
        {
            if (Letters && _counters.Count == 1)
            {
                var letter = Math.Max(1, _counters[^1]);
                Raw(letter <= 26 ? ((char)('A' + letter - 1)).ToString() : letter.ToString());
                _counters[^1] = letter + 1;
            }
            else
            {
                Raw((node.Number >= 0 ? node.Number : _counters[^1]).ToString());
                _counters[^1]++;
            }

            Raw(". ");
            indent = 3;
        }
        else
        {
            Raw("- ");
        }

        _indents.Add(_indents.Count < DeepestIndent ? indent : 0);
        _marked = true;
    }

    /// <summary>Whether the words of an item of HTML begin with its own mark ("ⓑ", "(b)", "b)", "2."), so that a second one would say it twice.</summary>
    private bool BearsMark(int item, int number)
    {
        var nodes = _tree.Nodes;
        for (var i = item + 1; i < nodes[item].Next && i < item + 8; i++)
        {
            if (nodes[i].Kind != MarkupKind.Text || nodes[i].Syntax != TextSyntax.Html)
            {
                continue;
            }

            var text = _source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).Trim();
            if (text.IsEmpty)
            {
                continue;
            }

            if (number <= 26 && (text[0] == '\u24D0' + number - 1 || text[0] == '\u24B6' + number - 1))
            {
                return true;
            }

            text = text[0] == '(' ? text[1..] : text;
            var length = text.IndexOfAny(")."); // "(b)", "b.", "12)"
            return length is > 0 and < 4 && (text.Length == length + 1 || text[length + 1] is ' ' or '\u00a0') && (length == 1 && number <= 26 && char.ToLowerInvariant(text[0]) == 'a' + number - 1 || (int.TryParse(text[..length], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var own) && own == number));
        }

        return false;
    }

    private bool Script(in MarkupNode node)
    {
        var content = _source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart).Trim();
        if (content.IsEmpty || content[0] is '[' || (content.Contains("<a", StringComparison.OrdinalIgnoreCase) && content.Contains("href", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        if (content is "th" or "st" or "nd" or "rd" or "TM" or "®" or "™")
        {
            Raw(content);
            return false;
        }

        _space = false;
        Raw(node.Kind == MarkupKind.Superscript ? "^" : "_");
        if (node.ContentEnd - node.ContentStart > 1)
        {
            Raw("{");
        }

        return true;
    }

    private void Preformatted(in MarkupNode node, int index)
    {
        var nodes = _tree.Nodes;
        var tag = _source.AsSpan(node.Start, Math.Max(0, node.ContentStart - node.Start));
        var language = Language(tag);
        if (language.IsEmpty && index + 1 < node.Next && nodes[index + 1].Kind == MarkupKind.Code)
        {
            language = Language(_source.AsSpan(nodes[index + 1].Start, nodes[index + 1].ContentStart - nodes[index + 1].Start));
        }

        var code = new StringBuilder();
        Span<char> decoded = stackalloc char[2];
        for (var i = index + 1; i < node.Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Break)
            {
                code.Append('\n');
            }

            if (nodes[i].Kind != MarkupKind.Text)
            {
                continue;
            }

            var text = _source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start);
            if (nodes[i].Syntax != TextSyntax.Html)
            {
                code.Append(text);
                if (nodes[i].Syntax == TextSyntax.Markdown)
                {
                    code.Append('\n');
                }

                continue;
            }

            while (!text.IsEmpty)
            {
                var ampersand = text.IndexOf('&');
                code.Append(ampersand < 0 ? text : text[..ampersand]);
                if (ampersand < 0)
                {
                    break;
                }

                text = text[ampersand..];
                var used = HtmlEntity.Decode(text, decoded, out var written);
                code.Append(used == 0 ? "&" : decoded[..written]);
                text = text[Math.Max(1, used)..];
            }
        }

        var body = code.ToString().AsSpan().TrimEnd();
        while (body.Length > 0 && body[0] is '\n' or '\r')
        {
            body = body[1..];
        }

        if (body.IsEmpty)
        {
            return;
        }

        if (_cells > 0)
        {
            Inline("`");
            Words(body);
            _out.Append('`');
            return;
        }

        Break(_marked ? 1 : 2);
        _marked = false;
        Raw("```");
        Raw(language);
        foreach (var line in body.EnumerateLines())
        {
            NewLine();
            _out.Append(line.TrimEnd());
        }

        NewLine();
        _out.Append("```");
        Break(2);
    }

    /// <summary>Language named by a fence's info string or by a class such as <c>language-python</c>.</summary>
    private static ReadOnlySpan<char> Language(ReadOnlySpan<char> tag)
    {
        if (tag.Length > 0 && tag[0] is '`' or '~')
        {
            tag = tag.TrimStart('`').TrimStart('~').Trim();
        }
        else
        {
            var at = tag.IndexOf("lang");
            if (at < 0)
            {
                return [];
            }

            tag = tag[at..];
            var cut = tag.IndexOfAny('-', '=');
            if (cut < 0)
            {
                return [];
            }

            tag = tag[(cut + 1)..].TrimStart('"').TrimStart('\'');
        }

        var length = 0;
        while (length < tag.Length && length < 20 && (char.IsAsciiLetterOrDigit(tag[length]) || tag[length] is '+' or '#' or '-'))
        {
            length++;
        }

        return tag[..length];
    }

    private bool IsDisplayed(in MarkupNode node)
    {
        var tag = _source.AsSpan(node.Start, Math.Max(0, node.ContentStart - node.Start));
        return tag.Contains("\"block\"", StringComparison.OrdinalIgnoreCase) || tag.Contains("mode=\"display\"", StringComparison.OrdinalIgnoreCase);
    }

    private void Mathematics(in MarkupNode node, int index, bool displayed)
    {
        var latex = MathMl.ToLatex(_tree, index);
        if (latex.Length == 0)
        {
            return;
        }

        if (displayed && _cells == 0)
        {
            Break(1);
        }

        Inline(displayed ? "\\[" : "\\(");
        _out.Append(latex);
        _out.Append(displayed ? "\\]" : "\\)");
        if (displayed && _cells == 0)
        {
            Break(1);
        }
    }

    /// <summary>Pictures of formulas carry their LaTeX as description; other pictures are left out.</summary>
    private void FormulaImage(in MarkupNode node)
    {
        _space |= _out.Length > 0 && char.IsWhiteSpace(_out[^1]);
        var latex = MathMl.OfImage(_source.AsSpan(node.Start, node.End - node.Start));
        if (!latex.IsEmpty)
        {
            Inline("\\(");
            _out.Append(latex);
            _out.Append("\\)");
        }
    }

    private void Characters(in MarkupNode node, int start, int end)
    {
        var text = _source.AsSpan(start, Math.Max(0, end - start));
        switch (node.Syntax)
        {
            case TextSyntax.Html:
                HtmlCharacters(text);
                break;
            case TextSyntax.Markdown:
                MarkdownCharacters(text);
                _space = true;
                break;
            case TextSyntax.Latex:
                LatexCharacters(text);
                break;
            default:
                Words(text);
                _space = true;
                break;
        }
    }

    private void HtmlCharacters(ReadOnlySpan<char> text)
    {
        Span<char> decoded = stackalloc char[2];
        while (!text.IsEmpty)
        {
            var ampersand = text.IndexOf('&');
            Words(ampersand < 0 ? text : text[..ampersand]);
            if (ampersand < 0)
            {
                return;
            }

            text = text[ampersand..];
            var used = HtmlEntity.Decode(text, decoded, out var written);
            Words(used == 0 ? "&" : decoded[..written]);
            text = text[Math.Max(1, used)..];
        }
    }

    private void Break(int lines)
    {
        if (_marked || _cells > 0)
        {
            _space |= _cells > 0;
            return;
        }

        _breaks = Math.Max(_breaks, lines);
        _space = false;
    }

    private void NewLine()
    {
        _out.Append('\n');
        foreach (var indent in _indents)
        {
            _out.Append(' ', indent);
        }
    }

    private void Before()
    {
        if (_breaks > 0 && _out.Length > 0)
        {
            if (_breaks > 1)
            {
                _out.Append('\n');
            }

            NewLine();
        }
        else if (_space && _out.Length > 0 && _out[^1] is not (' ' or '\n'))
        {
            _out.Append(' ');
        }

        _breaks = 0;
        _space = false;
    }

    private void Raw(ReadOnlySpan<char> text)
    {
        Before();
        _out.Append(text);
    }

    private void Inline(ReadOnlySpan<char> text)
    {
        Raw(text);
        _marked = false;
    }

    /// <summary>Writes words; runs of white space become one space.</summary>
    private void Words(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var i = text.IndexOfAny(WhiteSpace);
            var word = i < 0 ? text : text[..i];
            if (!word.IsEmpty)
            {
                if (_cells > 0 && word.Contains('|'))
                {
                    word = word.ToString().Replace("|", "\\|");
                }

                Before();
                _out.Append(word);
                _marked = false;
            }

            if (i < 0)
            {
                return;
            }

            _space = true;
            text = text[(i + 1)..];
        }
    }
}
