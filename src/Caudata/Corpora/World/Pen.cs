using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Caudata.Numerics;

namespace Caudata.Corpora.World;

/// <summary>What one text is written with: its random stream, its style (1 corpus, 2 target) and the variables bound so far. Not thread-safe; one a document.</summary>
internal sealed class Pen(ulong seed, RandomStream random, int style)
{
    private readonly StringBuilder _scratch = new(1024);
    private readonly List<int> _bound = [];
    private RandomStream _random = random;
    private Value[] _frame = new Value[512];

    /// <summary>1 for the corpus, 2 for the targets.</summary>
    public int Style { get; } = style;

    public int Index(int toExclusive) => _random.NextInt32(toExclusive);

    public double Uniform() => _random.NextDouble();

    /// <summary>A uniform integer, both ends included.</summary>
    public int Int(int low, int high) => low + _random.NextInt32(high - low + 1);

    /// <summary>A uniform multiple of a step, both ends included.</summary>
    public int Multiple(int low, int high, int step) => Int((low + step - 1) / step, high / step) * step;

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(ReadOnlySpan<T> items) => items[_random.NextInt32(items.Length)];

    public void Shuffle<T>(List<T> items) => _random.Shuffle(CollectionsMarshal.AsSpan(items));

    /// <summary>Forgets all variables.</summary>
    public void Forget()
    {
        foreach (int id in _bound)
        {
            _frame[id] = default;
        }

        _bound.Clear();
    }

    public Pen Set(string name, string value)
    {
        Bind(Phrase.Variable(name), new Value(null, 0, value));
        return this;
    }

    public Pen Set(string name, long value) => Set(name, Number(value));

    /// <summary>The value of a bound variable.</summary>
    public string Get(string name)
    {
        Value value = _frame[Phrase.Variable(name)];
        return value.Text ?? value.List?.Words[value.Index] ?? throw new InvalidOperationException($"Nothing is bound to '{name}'.");
    }

    /// <summary>Writes one phrase.</summary>
    public string Say(string literal) => Say(Phrase.Of(literal));

    public string Say(Phrase phrase)
    {
        _scratch.Clear();
        phrase.Write(this, _scratch);
        return Sentences(_scratch);
    }

    /// <summary>Capital letters at the start of sentences; single spaces.</summary>
    private static string Sentences(StringBuilder text)
    {
        char[] buffer = System.Buffers.ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, buffer, text.Length);
        int to = 0;
        bool start = true, verbatim = false;
        char last = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = buffer[i];
            verbatim = c switch { '«' => true, '»' => false, '`' => !verbatim, _ => verbatim };
            if (c == ' ' && last == ' ' && !verbatim)
            {
                continue;
            }

            if (last == ' ' && !verbatim && c is ('.' or ',' or ';' or '?') && to > 1 && (i + 1 == text.Length || buffer[i + 1] != '.'))
            {
                to--; // an empty alternative left a blank before the mark
            }

            if (start && c != ' ' && c is not ('"' or '‹' or '('))
            {
                c = verbatim ? c : char.ToUpperInvariant(c);
                start = false;
            }

            if (c == ' ' && last is ('.' or '?' or '!') && !verbatim)
            {
                start = true;
            }

            buffer[to++] = c;
            last = c;
        }

        string result = new(buffer, 0, to);
        System.Buffers.ArrayPool<char>.Shared.Return(buffer);
        return result;
    }

    /// <summary>One of several names, as it is.</summary>
    public string SayName(params ReadOnlySpan<string> names) => Pick(names);

    /// <summary>A phrase as it is, for the middle of a sentence.</summary>
    public string Fragment(Phrase phrase)
    {
        _scratch.Clear();
        phrase.Write(this, _scratch);
        return _scratch.ToString();
    }

    /// <summary>One of several phrases.</summary>
    public string SayOne(params ReadOnlySpan<string> literals) => Say(Pick(literals));

    /// <summary>Whole numbers as people write them: separated thousands from 10,000 on.</summary>
    public static string Number(long value) => Math.Abs(value) >= 10_000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    public void Write(Phrase.Slot slot, StringBuilder to)
    {
        if (slot.Variable >= _frame.Length)
        {
            Array.Resize(ref _frame, slot.Variable * 2);
        }

        Value value = _frame[slot.Variable];
        if (slot.Binds)
        {
            value = Draw(slot);
            Bind(slot.Variable, value);
        }
        else if (value.List is null && value.Text is null)
        {
            value = slot.List is null ? throw new InvalidOperationException($"Slot '{slot.Name}' is neither bound nor a word list.") : new Value(slot.List, Index(slot.List.Words.Length), null);
        }

        if (!slot.Silent)
        {
            to.Append(value.As(slot.Form));
        }
    }

    private Value Draw(Phrase.Slot slot)
    {
        int count = slot.List?.Words.Length ?? slot.High - slot.Low + 1, index;
        if (slot.Key < 0)
        {
            index = Index(count);
        }
        else
        {
            Value key = _frame[slot.Key];
            ulong hash = seed ^ 0xCBF29CE484222325UL; // FNV-1a over the name of the fact and the thing it is about
            foreach (char c in slot.Name)
            {
                hash = (hash ^ c) * 0x100000001B3UL;
            }

            foreach (char c in key.Text ?? key.List!.Words[key.Index])
            {
                hash = (hash ^ c) * 0x100000001B3UL;
            }

            hash ^= hash >> 32;
            hash *= 0xD6E8FEB86659FD93UL;
            index = (int)((hash >> 33) % (ulong)count);
        }

        return slot.List is null ? new Value(null, 0, slot.Name.StartsWith("year", StringComparison.Ordinal) ? (slot.Low + index).ToString(CultureInfo.InvariantCulture) : Number(slot.Low + index)) : new Value(slot.List, index, null);
    }

    private void Bind(int id, Value value)
    {
        if (id >= _frame.Length)
        {
            Array.Resize(ref _frame, id * 2);
        }

        if (_frame[id].List is null && _frame[id].Text is null)
        {
            _bound.Add(id);
        }

        _frame[id] = value;
    }

    private readonly record struct Value(WordList? List, int Index, string? Text)
    {
        public string As(Phrase.Form form) => List is null
            ? form switch { Phrase.Form.Capital => WordList.Capitalise(Text!), Phrase.Form.Article => WordList.Article(Text!), _ => Text! }
            : form switch
            {
                Phrase.Form.Plural => List.Plurals[Index],
                Phrase.Form.Article => List.WithArticle[Index],
                Phrase.Form.Capital => List.Capitalised[Index],
                Phrase.Form.PluralCapital => List.PluralsCapitalised[Index],
                // Lists of people alternate women and men.
                Phrase.Form.He => (Index & 1) == 0 ? "she" : "he",
                Phrase.Form.His => (Index & 1) == 0 ? "her" : "his",
                Phrase.Form.Him => (Index & 1) == 0 ? "her" : "him",
                _ => List.Words[Index],
            };
    }
}
