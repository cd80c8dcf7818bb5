using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Caudata.Corpora.World;

/// <summary>A compiled sentence grammar.</summary>
/// <remarks>
/// <para><c>{one|two}</c> chooses; an alternative that starts with <c>1:</c> is for the corpus only, with <c>2:</c> for the targets only.
/// <c>[maybe]</c> is kept with probability 1/2. <c>&lt;x&gt;</c> writes the variable x, or a word of the list x when no variable is bound;
/// <c>&lt;x=list&gt;</c> and <c>&lt;x=3..40&gt;</c> draw, bind and write; <c>&lt;!x=list&gt;</c> binds silently; <c>&lt;x=list@y&gt;</c> draws as a fixed
/// function of the world's seed and the value of y, so that facts agree between documents. Suffixes: <c>.s</c> plural, <c>.a</c> with article,
/// <c>.c</c> capitalised, <c>.sc</c> plural capitalised, <c>.he .his .him</c> pronouns of a person.</para>
/// <para>Inside «mathematics» and `code` only slots are special. ‹emphasis› is marked so.</para>
/// </remarks>
internal sealed class Phrase
{
    private static readonly ConcurrentDictionary<string, Phrase> Compiled = new(ReferenceEqualityComparer.Instance);
    private static readonly ConcurrentDictionary<string, int> Variables = new(StringComparer.Ordinal);
    private static readonly Lock VariablesLock = new();

    private readonly Node[] _nodes;

    private Phrase(string source)
    {
        int at = 0;
        _nodes = Parse(source, ref at, '\0', '\0');
    }

    public enum Form
    {
        Plain,
        Plural,
        Article,
        Capital,
        PluralCapital,
        He,
        His,
        Him,
    }

    /// <summary>Compiles; the same literal is compiled once.</summary>
    public static Phrase Of(string literal) => Compiled.TryGetValue(literal, out Phrase? phrase) ? phrase : Compiled.GetOrAdd(literal, static text => new Phrase(text));

    public static int Variable(string name)
    {
        if (Variables.TryGetValue(name, out int id))
        {
            return id;
        }

        lock (VariablesLock)
        {
            return Variables.GetOrAdd(name, static _ => Variables.Count);
        }
    }

    public void Write(Pen pen, StringBuilder to) => Write(_nodes, pen, to);

    private static void Write(Node[] nodes, Pen pen, StringBuilder to)
    {
        foreach (Node node in nodes)
        {
            switch (node)
            {
                case Literal literal:
                    to.Append(literal.Text);
                    break;
                case Choice choice:
                    Node[][] ways = pen.Style == 2 ? choice.Target : choice.Corpus;
                    Write(ways[pen.Index(ways.Length)], pen, to);
                    break;
                case Optional optional:
                    if (pen.Chance(0.5))
                    {
                        Write(optional.Inner, pen, to);
                    }

                    break;
                case Slot slot:
                    pen.Write(slot, to);
                    break;
            }
        }
    }

    private static Node[] Parse(string s, ref int at, char end, char end2)
    {
        var nodes = new List<Node>();
        var text = new StringBuilder();
        bool verbatim = false;
        while (at < s.Length && (verbatim || (s[at] != end && s[at] != end2)))
        {
            char c = s[at++];
            if (c == '<')
            {
                Flush();
                int close = s.IndexOf('>', at);
                nodes.Add(ParseSlot(s[at..close]));
                at = close + 1;
                continue;
            }

            verbatim = c switch { '«' => true, '»' => false, '`' => !verbatim, _ => verbatim };
            if (verbatim || (c != '{' && c != '['))
            {
                text.Append(c);
                continue;
            }

            Flush();
            if (c == '[')
            {
                nodes.Add(new Optional(Parse(s, ref at, ']', ']')));
                at++;
                continue;
            }

            var corpus = new List<Node[]>();
            var target = new List<Node[]>();
            while (true)
            {
                bool first = string.CompareOrdinal(s, at, "1:", 0, 2) == 0, second = string.CompareOrdinal(s, at, "2:", 0, 2) == 0;
                at += first || second ? 2 : 0;
                Node[] way = Parse(s, ref at, '|', '}');
                if (!second)
                {
                    corpus.Add(way);
                }

                if (!first)
                {
                    target.Add(way);
                }

                if (at >= s.Length)
                {
                    throw new FormatException($"Unclosed choice in '{s}'.");
                }

                if (s[at++] == '}')
                {
                    break;
                }
            }

            nodes.Add(new Choice([.. corpus], [.. target]));
        }

        Flush();
        return [.. nodes];

        void Flush()
        {
            if (text.Length > 0)
            {
                nodes.Add(new Literal(text.ToString()));
                text.Clear();
            }
        }
    }

    private static Slot ParseSlot(string body)
    {
        bool silent = body.StartsWith('!');
        string name = silent ? body[1..] : body, source = "";
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            source = name[(equals + 1)..];
            name = name[..equals];
        }

        int key = -1;
        int at = source.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            key = Variable(source[(at + 1)..]);
            source = source[..at];
        }

        Form form = Form.Plain;
        string word = source.Length > 0 ? source : name;
        int dot = word.Contains("..", StringComparison.Ordinal) ? -1 : word.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            form = word[(dot + 1)..] switch
            {
                "s" => Form.Plural,
                "a" => Form.Article,
                "c" => Form.Capital,
                "sc" => Form.PluralCapital,
                "he" => Form.He,
                "his" => Form.His,
                "him" => Form.Him,
                _ => throw new FormatException($"Unknown form in slot '{body}'."),
            };
            source = source.Length > 0 ? source[..dot] : source;
            name = source.Length > 0 ? name : name[..dot];
        }

        int range = source.IndexOf("..", StringComparison.Ordinal);
        int low = 0, high = -1;
        if (range > 0)
        {
            low = int.Parse(source.AsSpan(0, range), CultureInfo.InvariantCulture);
            high = int.Parse(source.AsSpan(range + 2), CultureInfo.InvariantCulture);
        }

        WordList? list = range > 0 ? null : WordList.Find(source.Length > 0 ? source : name);
        if (source.Length > 0 && range <= 0 && list is null)
        {
            throw new FormatException($"Unknown word list '{source}' in slot '{body}'.");
        }

        return new Slot(name, Variable(name), form, silent, source.Length > 0, list, low, high, key);
    }

    internal abstract class Node;

    internal sealed class Slot(string name, int variable, Form form, bool silent, bool binds, WordList? list, int low, int high, int key) : Node
    {
        public string Name { get; } = name;

        public int Variable { get; } = variable;

        public Form Form { get; } = form;

        public bool Silent { get; } = silent;

        public bool Binds { get; } = binds;

        public WordList? List { get; } = list;

        public int Low { get; } = low;

        public int High { get; } = high;

        public int Key { get; } = key;
    }

    private sealed class Literal(string text) : Node
    {
        public string Text { get; } = text;
    }

    private sealed class Choice(Node[][] corpus, Node[][] target) : Node
    {
        public Node[][] Corpus { get; } = corpus;

        public Node[][] Target { get; } = target;
    }

    private sealed class Optional(Node[] inner) : Node
    {
        public Node[] Inner { get; } = inner;
    }
}
