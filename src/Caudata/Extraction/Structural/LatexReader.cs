namespace Caudata.Extraction.Structural;

/// <summary>Reads LaTeX into a <see cref="MarkupTree"/>: environments, sectioning, items, code listings and macros that hold a block (such as a book's own <c>\solution{...}</c>).</summary>
internal sealed class LatexReader
{
    /// <summary>How far the end of a formula or a macro's argument is looked for.</summary>
    private const int Reach = 60_000;

    private readonly string _source;
    private readonly MarkupTree _tree;
    private readonly List<(int Name, int Length)> _open = new(16);
    private readonly Dictionary<string, MarkupRole> _declared;
    private int _textStart = -1;

    private LatexReader(string source, MarkupTree tree)
    {
        _source = source;
        _tree = tree;
        _declared = LatexDeclarations.Read(source);
    }

    /// <summary>Reads a whole text.</summary>
    public static MarkupTree Read(string source)
    {
        var tree = new MarkupTree(source);
        var reader = new LatexReader(source, tree);
        reader.Body();
        return tree.Complete();
    }

    /// <summary>Whether an environment holds mathematics.</summary>
    public static bool IsMathematics(ReadOnlySpan<char> name) => name.TrimEnd('*') is "equation" or "align" or "gather" or "multline" or "eqnarray" or "displaymath" or "math" or "alignat" or "flalign" or "dmath" or "tikzcd" or "array" or "matrix" or "bmatrix" or "pmatrix" or "cases" or "aligned" or "split" or "gathered" or "vmatrix" or "smallmatrix" or "prooftree" or "IEEEeqnarray";

    private static bool IsPicture(ReadOnlySpan<char> name) => name.TrimEnd('*') is "figure" or "tikzpicture" or "asy" or "picture" or "wrapfigure" or "sidewaysfigure" or "pspicture" or "asydef" or "myfig" or "mywrapfig" or "mywrapfigsimp" or "subfigure" or "axis" or "forest" or "circuitikz";

    private static bool IsCode(ReadOnlySpan<char> name) => name.TrimEnd('*') is "verbatim" or "lstlisting" or "minted" or "Verbatim" or "alltt" or "code" or "python" or "sagecell" or "pythoncode" or "listing";

    /// <summary>Position after the <c>\end{name}</c> that closes an environment whose body starts at <paramref name="at"/>; -1 when there is none near.</summary>
    public static int EnvironmentEnd(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> name)
    {
        var depth = 1;
        var limit = Math.Min(text.Length, at + Reach);
        while (at < limit)
        {
            var slash = text[at..limit].IndexOf('\\');
            if (slash < 0)
            {
                return -1;
            }

            at += slash;
            var rest = text[at..limit];
            if (rest.StartsWith("\\end{") && rest[5..].StartsWith(name) && rest.Length > 5 + name.Length && rest[5 + name.Length] == '}')
            {
                at += name.Length + 6;
                if (--depth == 0)
                {
                    return at;
                }
            }
            else if (rest.StartsWith("\\begin{") && rest[7..].StartsWith(name) && rest.Length > 7 + name.Length && rest[7 + name.Length] == '}')
            {
                depth++;
                at += 7;
            }
            else
            {
                at += 2;
            }
        }

        return -1;
    }

    /// <summary>Position after the brace that closes the one at <paramref name="at"/>; -1 when there is none near.</summary>
    public static int BraceEnd(ReadOnlySpan<char> text, int at, int reach = Reach)
    {
        var depth = 0;
        var limit = Math.Min(text.Length, at + reach);
        while (at < limit)
        {
            var found = text[at..limit].IndexOfAny("{}\\%");
            if (found < 0)
            {
                return -1;
            }

            at += found;
            switch (text[at])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return at + 1;
                case '\\':
                    at++;
                    break;
                case '%':
                    var line = text[at..limit].IndexOf('\n');
                    at += line < 0 ? limit - at : line;
                    break;
            }

            at++;
        }

        return -1;
    }

    private void Body()
    {
        var begin = _source.IndexOf("\\begin{document}", StringComparison.Ordinal);
        var at = begin < 0 ? 0 : begin + 16;
        while (at < _source.Length)
        {
            var found = _source.AsSpan(at).IndexOfAny("\\%\n$}");
            if (found < 0)
            {
                Text(at);
                break;
            }

            if (!_source.AsSpan(at, found).IsWhiteSpace())
            {
                Text(at);
            }

            at += found;
            switch (_source[at])
            {
                case '%':
                    Text(at);
                    var line = _source.AsSpan(at).IndexOf('\n');
                    at = line < 0 ? _source.Length : at + line + (IsBlankLine(at + line + 1) ? 0 : 1);
                    break;
                case '\n':
                    if (IsBlankLine(at + 1))
                    {
                        EndParagraph(at);
                    }

                    at++;
                    break;
                case '$':
                    Text(at);
                    at = AfterDollars(at);
                    break;
                case '}':
                    at = CloseMacro(at);
                    break;
                default:
                    at = Command(at);
                    break;
            }
        }

        EndParagraph(_source.Length);
    }

    private bool IsBlankLine(int at)
    {
        while (at < _source.Length && _source[at] is ' ' or '\t' or '\r')
        {
            at++;
        }

        return at < _source.Length && _source[at] == '\n';
    }

    private void Text(int at)
    {
        if (_textStart < 0)
        {
            _textStart = at;
        }
    }

    private void EndParagraph(int at)
    {
        if (_textStart >= 0 && at > _textStart)
        {
            _tree.Open(MarkupKind.Paragraph, MarkupRole.None, _textStart, _textStart);
            _tree.Leaf(MarkupKind.Text, _textStart, at, TextSyntax.Latex);
            _tree.Close(at, at);
        }

        _textStart = -1;
    }

    private int AfterDollars(int at)
    {
        var doubled = at + 1 < _source.Length && _source[at + 1] == '$';
        var i = at + (doubled ? 2 : 1);
        var limit = Math.Min(_source.Length, i + 6000);
        while (i < limit)
        {
            var found = _source.AsSpan(i, limit - i).IndexOfAny('$', '\\');
            if (found < 0)
            {
                break;
            }

            i += found;
            if (_source[i] == '\\')
            {
                i += 2;
                continue;
            }

            return Math.Min(_source.Length, i + (doubled ? 2 : 1));
        }

        return at + (doubled ? 2 : 1);
    }

    private int CloseMacro(int at)
    {
        // A brace that closes a macro's block; other braces belong to text.
        if (_open.Count > 0 && _open[^1].Length == -at)
        {
            EndParagraph(at);
            _open.RemoveAt(_open.Count - 1);
            _tree.Close(at, at + 1);
        }
        else
        {
            Text(at);
        }

        return at + 1;
    }

    private int Command(int at)
    {
        var end = at + 1;
        while (end < _source.Length && char.IsAsciiLetter(_source[end]))
        {
            end++;
        }

        var name = _source.AsSpan(at + 1, end - at - 1);
        if (name.IsEmpty)
        {
            if (end < _source.Length && _source[end] is '[' or '(')
            {
                var close = _source.AsSpan(end, Math.Min(_source.Length - end, 20000)).IndexOf(_source[end] == '[' ? "\\]" : "\\)");
                Text(at);
                return close < 0 ? end + 1 : end + close + 2;
            }

            Text(at);
            return Math.Min(_source.Length, end + 1);
        }

        if (end < _source.Length && _source[end] == '*')
        {
            end++;
        }

        switch (name)
        {
            case "begin":
                return Begin(at, end);
            case "end":
                return End(at, end);
            case "part" or "subpart" or "subsubpart" when _tree.Top.Kind is MarkupKind.OrderedList or MarkupKind.Item:
            case "CorrectChoice" or "choice" or "ExePart" when _tree.Top.Kind is MarkupKind.OrderedList or MarkupKind.Item:
                return Item(at, end);
            case "chapter" or "part" or "section" or "subsection" or "subsubsection" or "paragraph" or "subparagraph":
                return Section(at, end, name);
            case "item" or "task" or "bibitem":
                return Item(at, end);
        }

        // "\textbf{Solution.}" in the middle of a paragraph begins a block; so does "\emph{Answer:}".
        if (end < _source.Length && _source[end] == '{' && name is "textbf" or "emph" or "textit" or "textsc" or "underline" or "textsf" or "bfseries" && _textStart >= 0)
        {
            var brace = BraceEnd(_source, end, 60);
            if (brace > 0 && BlockLabel.OfTitle(_source.AsSpan(end + 1, brace - end - 2)) is not LabelKind.None && IsLabel(end, brace))
            {
                EndParagraph(at);
                Text(at);
                return brace;
            }
        }

        var role = end - at <= 20 && !name.EndsWith("name") && !name.EndsWith("head") ? MarkupRoles.OfName(name) : MarkupRole.None;
        if (role is MarkupRole.Solution or MarkupRole.Answer or MarkupRole.Hint or MarkupRole.Exercise && name is not ("prob" or "ex" or "ans" or "eg" or "sol" or "pf") || role is not MarkupRole.None && name is "ans" or "sol")
        {
            var brace = end;
            while (brace < _source.Length && _source[brace] == '[')
            {
                var option = _source.AsSpan(brace, Math.Min(200, _source.Length - brace)).IndexOf(']');
                if (option < 0)
                {
                    break;
                }

                brace += option + 1;
            }

            if (brace < _source.Length && _source[brace] == '{')
            {
                var close = BraceEnd(_source, brace);
                if (close > 0)
                {
                    EndParagraph(at);
                    _tree.Open(MarkupKind.Container, role, at, brace + 1);
                    _open.Add((0, -(close - 1)));
                    return brace + 1;
                }
            }

            // \question starts a question that lasts to the next one (exam class).
            if (role == MarkupRole.Exercise && brace < _source.Length && char.IsWhiteSpace(_source[brace]) && IsLineStart(at))
            {
                EndParagraph(at);
                CloseMarker(at);
                _tree.Open(MarkupKind.Container, MarkupRole.Exercise, at, brace);
                _open.Add((at, -1 << 30));
                return brace;
            }
        }

        Text(at);
        return end;
    }

    /// <summary>Whether a word in emphasis is a label: a point or colon in it or behind it, or a number in it.</summary>
    private bool IsLabel(int open, int close) => _source.AsSpan(open, close - open).ContainsAny(".:") || (close < _source.Length && _source[close] is ':' or '.') || _source.AsSpan(open, close - open).ContainsAnyInRange('0', '9');

    private bool IsLineStart(int at)
    {
        while (at > 0 && _source[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || _source[at - 1] == '\n';
    }

    private void CloseMarker(int at)
    {
        if (_open.Count > 0 && _open[^1].Length == -1 << 30)
        {
            _open.RemoveAt(_open.Count - 1);
            _tree.Close(at, at);
        }
    }

    private int Begin(int at, int end)
    {
        if (end >= _source.Length || _source[end] != '{')
        {
            Text(at);
            return end;
        }

        var close = _source.AsSpan(end, Math.Min(60, _source.Length - end)).IndexOf('}');
        if (close < 0)
        {
            Text(at);
            return end;
        }

        var name = _source.AsSpan(end + 1, close - 1);
        var after = end + close + 1;
        if (IsMathematics(name))
        {
            var stop = EnvironmentEnd(_source, after, name);
            Text(at);
            return stop < 0 ? after : stop;
        }

        if (IsPicture(name) || IsCode(name) || name.TrimEnd('*') is "comment")
        {
            var stop = EnvironmentEnd(_source, after, name);
            if (stop > 0)
            {
                EndParagraph(at);
                var leaf = _tree.Open(IsCode(name) ? MarkupKind.Preformatted : IsPicture(name) ? MarkupKind.Image : MarkupKind.Ignored, MarkupRole.None, at, after);
                if (IsCode(name))
                {
                    var body = AfterOptions(after);
                    _tree.Leaf(MarkupKind.Text, body, Math.Max(body, stop - name.Length - 6), TextSyntax.Plain);
                }

                _tree.At(leaf).Level = 1;
                _tree.Close(stop - name.Length - 6, stop);
                return stop;
            }
        }

        EndParagraph(at);
        var kind = name.TrimEnd('*') switch
        {
            "itemize" or "compactitem" => MarkupKind.List,
            "enumerate" or "tasks" or "parts" or "compactenum" or "inparaenum" or "enumalph" or "subparts" or "tagenumerate" or "choices" or "oneparchoices" or "checkboxes" or "subproblems" => MarkupKind.OrderedList,
            "description" => MarkupKind.Definitions,
            "quote" or "quotation" => MarkupKind.Quote,
            "table" or "center" or "document" or "minipage" or "samepage" => MarkupKind.Container,
            "tabular" or "tabularx" or "longtable" or "tabulary" => MarkupKind.Table,
            _ => MarkupKind.Container,
        };
        var body2 = after;
        if (kind == MarkupKind.Table)
        {
            return Tabular(at, after, name);
        }

        var role = kind == MarkupKind.Container ? Role(name, after) : MarkupRole.None;

        var index = _tree.Open(kind, role, at, body2);
        if (kind == MarkupKind.OrderedList && name is "choices" or "oneparchoices" or "checkboxes" or "tasks" or "parts")
        {
            _tree.At(index).Level = 1;
        }

        _open.Add((end + 1, name.Length));
        return role is MarkupRole.None && kind is MarkupKind.Container ? body2 : AfterOptions(body2);
    }

    /// <summary>Role of an environment: by the title that the preamble declares for it or that it is given in its option, else by its name.</summary>
    private MarkupRole Role(ReadOnlySpan<char> name, int after)
    {
        if (name is "questions")
        {
            return MarkupRole.Exercises;
        }

        var role = _declared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.TrimEnd('*'), out var declared) ? declared : name.StartsWith("solutionor") ? MarkupRole.Solution : MarkupRoles.OfName(name);

        // \begin{proof}[Solution], \begin{tcolorbox}[title=Problem 3].
        if (role is MarkupRole.None or MarkupRole.Proof && after < _source.Length && _source[after] == '[')
        {
            var close = _source.AsSpan(after, Math.Min(300, _source.Length - after)).IndexOf(']');
            var title = close < 0 ? [] : LatexDeclarations.Title(_source.AsSpan(after + 1, close - 1), isOption: role == MarkupRole.Proof);
            var given = LatexDeclarations.OfTitle(title);
            return given != MarkupRole.None ? given : role;
        }

        return role;
    }

    private int AfterOptions(int at)
    {
        // Options and counts right behind the environment's name: [challenging], (3), {python}.
        var i = at;
        while (i < _source.Length && _source[i] is '[' or '(' or '{' or ' ')
        {
            var closing = _source[i] switch { '[' => ']', '(' => ')', '{' => '}', _ => ' ' };
            if (closing == ' ')
            {
                i++;
                continue;
            }

            var close = _source.AsSpan(i, Math.Min(120, _source.Length - i)).IndexOf(closing);
            var line = _source.AsSpan(i, Math.Min(120, _source.Length - i)).IndexOf('\n');
            if (close < 0 || (line >= 0 && line < close))
            {
                break;
            }

            i += close + 1;
            at = i;
        }

        return at;
    }

    private int Tabular(int at, int after, ReadOnlySpan<char> name)
    {
        var stop = EnvironmentEnd(_source, after, name);
        if (stop < 0)
        {
            Text(at);
            return after;
        }

        var contentEnd = stop - name.Length - 6;
        var body = after;
        while (body < contentEnd && _source[body] is '[' or '{')
        {
            var next = _source[body] == '{' ? BraceEnd(_source, body) : body + _source.AsSpan(body).IndexOf(']') + 1;
            if (next <= body)
            {
                break;
            }

            body = next;
        }

        _tree.Open(MarkupKind.Table, MarkupRole.None, at, body);
        var row = body;
        while (row < contentEnd)
        {
            var end = SplitAt(row, contentEnd, rows: true);
            var cells = _source.AsSpan(row, end - row).Trim();
            if (!cells.IsEmpty && !cells.Equals("\\hline", StringComparison.Ordinal) && !cells.Equals("\\bottomrule", StringComparison.Ordinal))
            {
                _tree.Open(MarkupKind.Row, MarkupRole.None, row, row);
                var cell = row;
                while (cell <= end)
                {
                    var cellEnd = SplitAt(cell, end, rows: false);
                    _tree.Open(MarkupKind.Cell, MarkupRole.None, cell, cell);
                    if (cellEnd > cell)
                    {
                        _tree.Leaf(MarkupKind.Text, cell, cellEnd, TextSyntax.Latex);
                    }

                    _tree.Close(cellEnd, cellEnd);
                    cell = cellEnd + 1;
                }

                _tree.Close(end, end);
            }

            row = end + 2;
        }

        _tree.Close(contentEnd, stop);
        return stop;
    }

    private int SplitAt(int from, int to, bool rows)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            switch (_source[i])
            {
                case '\\' when rows && depth == 0 && i + 1 < to && _source[i + 1] == '\\':
                    return i;
                case '\\':
                    i++;
                    break;
                case '&' when !rows && depth == 0:
                    return i;
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
            }
        }

        return to;
    }

    private int End(int at, int end)
    {
        if (end >= _source.Length || _source[end] != '{')
        {
            Text(at);
            return end;
        }

        var close = _source.AsSpan(end, Math.Min(60, _source.Length - end)).IndexOf('}');
        if (close < 0)
        {
            Text(at);
            return end;
        }

        var name = _source.AsSpan(end + 1, close - 1);
        var after = end + close + 1;
        EndParagraph(at);
        var match = _open.Count - 1;
        var reach = Math.Max(-1, match - 64);
        while (match > reach && !(_open[match].Length > 0 && name.Equals(_source.AsSpan(_open[match].Name, _open[match].Length), StringComparison.Ordinal)))
        {
            match--;
        }

        if (match <= reach)
        {
            return after;
        }

        while (_open.Count > match)
        {
            _open.RemoveAt(_open.Count - 1);
            CloseItem(at);
            _tree.Close(at, _open.Count == match ? after : at);
        }

        return after;
    }

    private void CloseItem(int at)
    {
        if (_tree.Top.Kind is MarkupKind.Item or MarkupKind.Description)
        {
            _tree.Close(at, at);
        }
    }

    private int Item(int at, int end)
    {
        EndParagraph(at);
        CloseItem(at);
        var body = end;
        if (body < _source.Length && _source[body] == '[')
        {
            var close = _source.AsSpan(body, Math.Min(300, _source.Length - body)).IndexOf(']');
            if (close > 0)
            {
                if (_tree.Top.Kind == MarkupKind.Definitions)
                {
                    _tree.Open(MarkupKind.Term, MarkupRole.None, body, body + 1);
                    _tree.Leaf(MarkupKind.Text, body + 1, body + close, TextSyntax.Latex);
                    _tree.Close(body + close, body + close + 1);
                }

                body += close + 1;
            }
        }

        _tree.Open(_tree.Top.Kind == MarkupKind.Definitions ? MarkupKind.Description : MarkupKind.Item, MarkupRole.None, at, body);
        return body;
    }

    private int Section(int at, int end, ReadOnlySpan<char> name)
    {
        var brace = end;
        if (brace < _source.Length && _source[brace] == '[')
        {
            var option = _source.AsSpan(brace, Math.Min(300, _source.Length - brace)).IndexOf(']');
            brace += option < 0 ? 0 : option + 1;
        }

        if (brace >= _source.Length || _source[brace] != '{')
        {
            // \section\problemhead: a title in a macro of its own.
            EndParagraph(at);
            CloseMarker(at);
            return end;
        }

        var close = BraceEnd(_source, brace, 2000);
        if (close < 0)
        {
            Text(at);
            return end;
        }

        EndParagraph(at);
        CloseMarker(at);
        var heading = _tree.Open(MarkupKind.Heading, MarkupRole.None, at, brace + 1);
        _tree.At(heading).Level = name switch { "part" or "chapter" => 1, "section" => 2, "subsection" => 3, "subsubsection" => 4, "paragraph" => 5, _ => 6 };
        _tree.Leaf(MarkupKind.Text, brace + 1, close - 1, TextSyntax.Latex);
        _tree.Close(close - 1, close);
        return close;
    }
}
