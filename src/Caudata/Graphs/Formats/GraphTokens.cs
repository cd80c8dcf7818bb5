using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>What a token of DOT, dagitty or an edge list is.</summary>
internal enum TokenKind
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A name without quotes.</summary>
    Word,

    /// <summary>A name in quotes, already without them.</summary>
    Quoted,

    /// <summary>Markup of DOT in angle brackets.</summary>
    Html,

    /// <summary><c>-></c>, <c>&lt;-</c>, <c>&lt;-></c>, <c>--</c> or another arrow.</summary>
    Arrow,

    /// <summary>One character: braces, brackets, separators.</summary>
    Mark,

    /// <summary>The end of a line, where lines count.</summary>
    Line,
}

/// <summary>A token with its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Place">Where it starts.</param>
internal readonly record struct GraphToken(TokenKind Kind, string Text, TextPlace Place)
{
    public bool Is(char mark) => Kind == TokenKind.Mark && Text[0] == mark;

    public bool IsName => Kind is TokenKind.Word or TokenKind.Quoted;

    public override string ToString() => Kind switch { TokenKind.End => "the end of the text", TokenKind.Line => "the end of the line", _ => GraphValidation.Quote(Text) };
}

/// <summary>How <see cref="GraphTokens"/> reads.</summary>
internal enum TokenDialect
{
    /// <summary>DOT: a backslash escapes a quote only, quoted parts may be joined by +, markup in angle brackets.</summary>
    Dot,

    /// <summary>dagitty.</summary>
    Dagitty,

    /// <summary>Edge list: lines count, a name takes its indices in brackets with it.</summary>
    Edges,
}

/// <summary>Tokens of DOT, dagitty and edge lists, one after the other; linear time, one token ahead.</summary>
internal sealed class GraphTokens
{
    private readonly string _text;
    private readonly TokenDialect _dialect;
    private readonly MistakeList _mistakes;
    private int _at, _line = 1, _lineStart;

    public GraphTokens(string text, TokenDialect dialect, MistakeList mistakes)
    {
        (_text, _dialect, _mistakes) = (text, dialect, mistakes);
        _at = text.StartsWith('\uFEFF') ? 1 : 0;
        Next();
    }

    public GraphToken Current { get; private set; }

    private TextPlace Here => new(_line, _at - _lineStart + 1);

    /// <summary>Gives the present token and goes to the next.</summary>
    public GraphToken Take()
    {
        GraphToken token = Current;
        Next();
        return token;
    }

    /// <summary>Goes on when the present token is the mark.</summary>
    public bool Take(char mark)
    {
        bool found = Current.Is(mark);
        if (found)
        {
            Next();
        }

        return found;
    }

    private void Next()
    {
        Blanks();
        TextPlace place = Here;
        if (_at >= _text.Length)
        {
            Current = new GraphToken(TokenKind.End, "", place);
            return;
        }

        char c = _text[_at];
        if (c == '\n')
        {
            NewLine();
            Current = new GraphToken(TokenKind.Line, "\n", place);
        }
        else if (c == '"')
        {
            Current = new GraphToken(TokenKind.Quoted, Quoted(), place);
        }
        else if (Arrow() is string arrow)
        {
            _at += arrow.Length;
            Current = new GraphToken(TokenKind.Arrow, arrow is "→" ? "->" : arrow is "←" ? "<-" : arrow is "↔" ? "<->" : arrow, place);
        }
        else if (c == '<' && _dialect == TokenDialect.Dot)
        {
            Current = new GraphToken(TokenKind.Html, Html(), place);
        }
        else if (IsWord(_at))
        {
            Current = new GraphToken(TokenKind.Word, Word(), place);
        }
        else
        {
            _at++;
            Current = new GraphToken(TokenKind.Mark, c.ToString(), place);
        }
    }

    private void Blanks()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == '\n')
            {
                if (_dialect == TokenDialect.Edges)
                {
                    return;
                }

                NewLine();
            }
            else if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c == '#' || (c == '/' && Follows("//")))
            {
                int end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (c == '/' && Follows("/*"))
            {
                TextPlace place = Here;
                int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    _mistakes.Add("a comment '/*' without an end; expected '*/'. Close it.", place);
                }

                Skip(end < 0 ? _text.Length : end + 2);
            }
            else
            {
                return;
            }
        }
    }

    private bool Follows(string word) => _text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal);

    private void NewLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }

    private void Skip(int to)
    {
        while (_at < to)
        {
            if (_text[_at] == '\n')
            {
                NewLine();
            }
            else
            {
                _at++;
            }
        }
    }

    private string? Arrow()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_at, Math.Min(3, _text.Length - _at));
        return rest switch
        {
            ['<', '-', '>'] => "<->",
            ['<', '-', '-'] => "<--",
            ['-', '-', '>'] => "-->",
            ['@', '-', '>'] => "@->",
            ['<', '-', ..] => "<-",
            ['-', '>', ..] => "->",
            ['-', '-', ..] => "--",
            ['→', ..] => "→",
            ['←', ..] => "←",
            ['↔', ..] => "↔",
            _ => null,
        };
    }

    // A name may hold everything but blanks, marks and the beginning of an arrow.
    private bool IsWord(int at) => _text[at] switch
    {
        '"' or '{' or '}' or '[' or ']' or ';' or ',' or '=' or '<' or '>' or '→' or '←' or '↔' or '(' or ')' => false,
        ':' or '+' => _dialect == TokenDialect.Edges,
        '-' => at + 1 < _text.Length && _text[at + 1] is not ('>' or '-') && !char.IsWhiteSpace(_text[at + 1]),
        char c => !char.IsWhiteSpace(c) && !char.IsControl(c),
    };

    private string Word()
    {
        int start = _at;
        while (_at < _text.Length && IsWord(_at) && !(_text[_at] == '/' && (Follows("//") || Follows("/*"))))
        {
            _at++;
        }

        if (_dialect == TokenDialect.Edges && _at < _text.Length && _text[_at] == '[')
        {
            int end = _text.AsSpan(_at).IndexOfAny(']', '\n');
            if (end >= 0 && _text[_at + end] == ']')
            {
                _at += end + 1;
            }
        }

        return _text[start.._at];
    }

    private string Quoted()
    {
        StringBuilder text = new();
        while (true)
        {
            TextPlace place = Here;
            _at++;
            while (_at < _text.Length && _text[_at] != '"')
            {
                char c = _text[_at];
                if (c == '\\' && _at + 1 < _text.Length)
                {
                    char next = _text[_at + 1];
                    if (_dialect == TokenDialect.Dot && next == '\n')
                    {
                        _at++;
                        NewLine();
                        continue;
                    }

                    // DOT knows one escape, the quote; it keeps all other backslashes as they are.
                    text.Append(next == '"' || (next == '\\' && _dialect != TokenDialect.Dot) ? "" : "\\").Append(next == '\n' ? "" : next);
                    _at += next == '\n' ? 1 : 2;
                    continue;
                }

                text.Append(c);
                if (c == '\n')
                {
                    NewLine();
                }
                else
                {
                    _at++;
                }
            }

            if (_at >= _text.Length)
            {
                _mistakes.Add("a quoted name without an end; expected a closing quote. Close it, or write \\\" for a quote inside.", place);
                return text.ToString();
            }

            _at++;
            if (_dialect != TokenDialect.Dot)
            {
                return text.ToString();
            }

            Blanks();
            if (_at >= _text.Length || _text[_at] != '+')
            {
                return text.ToString();
            }

            _at++;
            Blanks();
            if (_at >= _text.Length || _text[_at] != '"')
            {
                _mistakes.Add("'+' joins a quoted text to nothing; expected another quoted text.", Here);
                return text.ToString();
            }
        }
    }

    private string Html()
    {
        TextPlace place = Here;
        int depth = 0, end = _at;
        do
        {
            depth += _text[end] == '<' ? 1 : _text[end] == '>' ? -1 : 0;
            end++;
        }
        while (depth > 0 && end < _text.Length);
        string html = _text[_at..end];
        if (depth > 0)
        {
            _mistakes.Add("markup '<' without an end; expected as many '>' as '<'. Close it.", place);
        }

        Skip(end);
        return html;
    }
}
