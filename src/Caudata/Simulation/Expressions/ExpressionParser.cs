using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Simulation.Expressions;

/// <summary>Reads expressions by recursive descent; length and depth are bounded by <see cref="WorldLimits"/>.</summary>
/// <remarks>From weakest to strongest: or, and, not, comparison, + −, * /, unary −, ^ (to the right), then numbers, names, <c>entity.column</c>, calls, aggregates with <c>over</c>, parentheses.</remarks>
internal sealed class ExpressionParser
{
    private readonly string _text;
    private readonly WorldPlace _start;
    private readonly bool _exact;
    private readonly MistakeList _mistakes;
    private int _at, _depth, _atoms;
    private string _token = "";
    private TokenKind _kind;
    private int _tokenAt;

    private enum TokenKind
    {
        End,
        Number,
        Word,
        Symbol,
    }

    private ExpressionParser(string text, WorldPlace start, bool exact, MistakeList mistakes)
    {
        _text = text;
        _start = start;
        _exact = exact;
        _mistakes = mistakes;
    }

    /// <summary>Reads an expression; null after a mistake, which is then listed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the text begins in its file.</param>
    /// <param name="exact">True when every character of the text is one column of the file's line, so that places inside it are known.</param>
    /// <param name="mistakes">Receives the mistake.</param>
    public static Expression? Parse(string text, WorldPlace start, bool exact, MistakeList mistakes)
    {
        if (text.Length > WorldLimits.Expression)
        {
            mistakes.Add($"The expression has {text.Length} characters; expected at most {WorldLimits.Expression}. Cut it into several variables.", start);
            return null;
        }

        ExpressionParser parser = new(text, start, exact, mistakes);
        try
        {
            parser.Next();
            Expression expression = parser.Or();
            if (parser._kind != TokenKind.End)
            {
                throw parser.Wrong($"'{parser._token}' follows a whole expression; expected an operator before it, or the end.");
            }

            return expression;
        }
        catch (ExpressionMistake)
        {
            return null;
        }
    }

    private Expression Or()
    {
        Expression left = And();
        while (_kind == TokenKind.Word && _token == "or")
        {
            WorldPlace place = Here;
            Next();
            left = new Expression.Call("or", [left, And()], place);
        }

        return left;
    }

    private Expression And()
    {
        Expression left = Not();
        while (_kind == TokenKind.Word && _token == "and")
        {
            WorldPlace place = Here;
            Next();
            left = new Expression.Call("and", [left, Not()], place);
        }

        return left;
    }

    private Expression Not()
    {
        if (_kind == TokenKind.Word && _token == "not")
        {
            WorldPlace place = Here;
            using Level level = Enter();
            Next();
            return new Expression.Call("not", [Not()], place);
        }

        return Comparison();
    }

    private Expression Comparison()
    {
        Expression left = Sum();
        if (_kind == TokenKind.Symbol && _token is "<" or "<=" or ">" or ">=" or "==" or "!=")
        {
            (string token, WorldPlace place) = (_token, Here);
            Next();
            left = new Expression.Call(token, [left, Sum()], place);
            if (_kind == TokenKind.Symbol && _token is "<" or "<=" or ">" or ">=" or "==" or "!=")
            {
                throw Wrong($"'{_token}' follows a comparison; expected one comparison at a time. Join two with 'and'.");
            }
        }

        return left;
    }

    private Expression Sum()
    {
        Expression left = Product();
        while (_kind == TokenKind.Symbol && _token is "+" or "-")
        {
            (string token, WorldPlace place) = (_token, Here);
            Next();
            left = new Expression.Call(token, [left, Product()], place);
        }

        return left;
    }

    private Expression Product()
    {
        Expression left = Unary();
        while (_kind == TokenKind.Symbol && _token is "*" or "/")
        {
            (string token, WorldPlace place) = (_token, Here);
            Next();
            left = new Expression.Call(token, [left, Unary()], place);
        }

        return left;
    }

    private Expression Unary()
    {
        if (_kind == TokenKind.Symbol && _token is "-" or "+")
        {
            (bool minus, WorldPlace place) = (_token == "-", Here);
            using Level level = Enter();
            Next();
            Expression inner = Unary();
            return !minus ? inner : inner is Expression.Number number ? number with { Value = -number.Value, Place = place } : new Expression.Call("negate", [inner], place);
        }

        return Power();
    }

    private Expression Power()
    {
        Expression left = Atom();
        if (_kind == TokenKind.Symbol && _token == "^")
        {
            WorldPlace place = Here;
            using Level level = Enter();
            Next();
            return new Expression.Call("^", [left, Unary()], place);
        }

        return left;
    }

    private Expression Atom()
    {
        using Level level = Enter();
        if (++_atoms > WorldLimits.Values)
        {
            throw Wrong($"The expression has more than {WorldLimits.Values} numbers and names; expected fewer. Cut it into several variables.");
        }

        (string token, WorldPlace place) = (_token, Here);
        switch (_kind)
        {
            case TokenKind.Number:
                Next();
                return double.TryParse(token, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? new Expression.Number(value, place)
                    : throw Wrong($"'{token}' is no number that fits in 64 bits; expected one below 1.8e308.", place);
            case TokenKind.Symbol when token == "(":
                Next();
                Expression inner = Or();
                Expect(")");
                return inner;
            case TokenKind.Word when token is "true" or "false":
                Next();
                return new Expression.Number(token == "true" ? 1 : 0, place);
            case TokenKind.Word when token is "and" or "or" or "not" or "over":
                throw Wrong($"'{token}' stands where a value should be; expected a number, a name or '('.");
            case TokenKind.Word:
                Next();
                return AfterWord(token, place);
            default:
                throw Wrong(_kind == TokenKind.End ? "The expression ends where a value should follow; expected a number, a name or '('." : $"'{token}' stands where a value should be; expected a number, a name or '('.");
        }
    }

    private Expression AfterWord(string word, WorldPlace place)
    {
        if (_kind == TokenKind.Symbol && _token == ".")
        {
            Next();
            string column = Word("a column of the table, as in item.price");
            return new Expression.Member(word, column, place);
        }

        if (_kind != TokenKind.Symbol || _token != "(")
        {
            return new Expression.Name(word, place);
        }

        if (!FunctionTable.Functions.ContainsKey(word) && !FunctionTable.Aggregates.Contains(word))
        {
            throw Wrong($"'{word}' is no function; {Nearest.Suggest(word, [.. FunctionTable.Functions.Keys, .. FunctionTable.Aggregates])}", place);
        }

        Next();
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        if (_kind != TokenKind.Symbol || _token != ")")
        {
            arguments.Add(Or());
            if (_kind == TokenKind.Word && _token == "over")
            {
                return Over(word, arguments[0], place);
            }

            while (_kind == TokenKind.Symbol && _token == ",")
            {
                Next();
                arguments.Add(Or());
            }
        }

        Expect(")");
        if (!FunctionTable.Functions.TryGetValue(word, out FunctionForm? form))
        {
            throw Wrong($"{word}(...) says not over what; expected for example {word}(rating over item).", place);
        }

        if (arguments.Count < form.Least || arguments.Count > form.Most)
        {
            throw Wrong($"{word} has {arguments.Count} arguments; expected {form.Form}.", place);
        }

        return FunctionArguments.Mistake(word, arguments) is { } mistake ? throw Wrong(mistake.Message, mistake.Place) : new Expression.Call(word, arguments.ToImmutable(), place);
    }

    private Expression.Aggregate Over(string function, Expression body, WorldPlace place)
    {
        if (!FunctionTable.Aggregates.Contains(function))
        {
            throw Wrong($"'over' stands in {function}(...); expected it only in {string.Join(", ", FunctionTable.Aggregates.Order(StringComparer.Ordinal))}.");
        }

        Next();
        string entity = Word("an entity or a relation, as in 'over item' or 'over item.tags'");
        string? relation = null;
        if (_kind == TokenKind.Symbol && _token == ".")
        {
            Next();
            relation = Word("a relation, as in item.tags");
        }

        Expect(")");
        return new Expression.Aggregate(function, body, entity, relation, place);
    }

    private string Word(string expected)
    {
        if (_kind != TokenKind.Word)
        {
            throw Wrong($"{Found} stands where a name should be; expected {expected}.");
        }

        string word = _token;
        Next();
        return word;
    }

    private void Expect(string symbol)
    {
        if (_kind != TokenKind.Symbol || _token != symbol)
        {
            throw Wrong($"{Found} stands where '{symbol}' should be; expected every parenthesis to be closed and arguments to be parted by commas.");
        }

        Next();
    }

    private string Found => _kind == TokenKind.End ? "The end of the expression" : $"'{_token}'";

    private WorldPlace Here => Place(_tokenAt);

    private WorldPlace Place(int at) => _exact ? _start.After(at) : _start;

    private Level Enter()
    {
        if (++_depth > WorldLimits.Depth)
        {
            throw Wrong($"The expression is nested more than {WorldLimits.Depth} deep; expected less. Cut it into several variables.");
        }

        return new Level(this);
    }

    private readonly ref struct Level(ExpressionParser parser)
    {
        public void Dispose() => parser._depth--;
    }

    private void Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        _tokenAt = _at;
        if (_at == _text.Length)
        {
            (_kind, _token) = (TokenKind.End, "");
            return;
        }

        char c = _text[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
        {
            _kind = TokenKind.Number;
            SkipDigits();
            if (_at < _text.Length && _text[_at] == '.')
            {
                _at++;
                SkipDigits();
            }

            if (_at < _text.Length && _text[_at] is 'e' or 'E')
            {
                int exponent = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
                if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent]))
                {
                    _at = exponent;
                    SkipDigits();
                }
            }
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            _kind = TokenKind.Word;
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            {
                _at++;
            }
        }
        else
        {
            _kind = TokenKind.Symbol;
            _at += _at + 1 < _text.Length && _text[_at + 1] == '=' && c is '<' or '>' or '=' or '!' ? 2 : 1;
            if ("+-*/^().,<>".IndexOf(c, StringComparison.Ordinal) < 0 && _text[_tokenAt.._at] is not ("==" or "!="))
            {
                _token = _text[_tokenAt.._at];
                throw Wrong(c == '=' ? "'=' stands in an expression; expected '==' to compare." : $"'{(char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : c)}' stands in an expression; expected numbers, names, operators and parentheses.");
            }
        }

        _token = _text[_tokenAt.._at];
    }

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }
    }

    private ExpressionMistake Wrong(string message) => Wrong(message, Here);

    private ExpressionMistake Wrong(string message, WorldPlace place)
    {
        _mistakes.Add(message, place);
        return new ExpressionMistake();
    }

    // Leaves the descent; its message is already in the list.
    private sealed class ExpressionMistake : Exception;
}
