using System.Runtime.InteropServices;
using System.Text;

namespace Caudata.Extraction;

/// <summary>How the student is made.</summary>
public sealed record StudentOptions
{
    /// <summary>Length of the longest word n-gram. Range 1–8. Default 4: docs/experiments.md, "The student".</summary>
    public int Order { get; init; } = 4;

    /// <summary>Length of the longest byte n-gram of the spelling model. Range 1–8. Default 6.</summary>
    public int SpellingOrder { get; init; } = 6;
}

/// <summary>A small language model trained on a pool of question-answer pairs: how well does the pool prepare for a test it has not seen?</summary>
/// <remarks>
/// <para>An interpolated Kneser–Ney model of words (with their leading blank), digits and signs, whose order-zero distribution spells a word byte by byte under a second
/// Kneser–Ney model of the pool's distinct words, over a uniform distribution of the 256 bytes and the word's end. So every text has a positive probability, no word is
/// unknown, and bits per byte of different pools can be compared.</para>
/// <para>Immutable once trained; thread-safe.</para>
/// </remarks>
public sealed class Student
{
    private const int EndOfText = 0;
    private readonly Dictionary<string, int> _vocabulary;
    private readonly KneserNey _words, _spelling;

    private Student(Dictionary<string, int> vocabulary, KneserNey words, KneserNey spelling)
    {
        _vocabulary = vocabulary;
        _words = words;
        _spelling = spelling;
    }

    /// <summary>Trains on pairs, in the given order (the bits do not depend on it, apart from rounding).</summary>
    /// <param name="pairs">Questions with their answers; may be empty.</param>
    /// <param name="options">How the student is made.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    public static Student Train(IEnumerable<(string Question, string Answer)> pairs, StudentOptions options, CancellationToken cancellationToken = default)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        var sequences = new List<int[]>();
        var symbols = new List<int>();
        foreach ((string question, string answer) in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            symbols.Clear();
            foreach (Range token in Tokens(question))
            {
                symbols.Add(Symbol(lookup, question.AsSpan(token)));
            }

            symbols.Add(Symbol(lookup, Separator));
            foreach (Range token in Tokens(answer))
            {
                symbols.Add(Symbol(lookup, answer.AsSpan(token)));
            }

            symbols.Add(EndOfText);
            sequences.Add([.. symbols]);
        }

        KneserNey words = KneserNey.Train(sequences, options.Order, cancellationToken);
        KneserNey spelling = KneserNey.Train(vocabulary.Keys.Select(Spell), options.SpellingOrder, cancellationToken);
        return new Student(vocabulary, words, spelling);
    }

    /// <summary>Bits that the student needs for the answers, given their questions, and the bytes (UTF-8) of the answers.</summary>
    /// <param name="pairs">Test questions with their answers.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    /// <returns>Bits and bytes; their ratio is bits per byte, lower is better.</returns>
    public (double Bits, long Bytes) Score(IEnumerable<(string Question, string Answer)> pairs, CancellationToken cancellationToken = default)
    {
        double bits = 0;
        long bytes = 0;
        var cache = new Dictionary<string, double>(StringComparer.Ordinal);
        Dictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> spelled = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        var context = new List<int>();
        foreach ((string question, string answer) in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Clear();
            foreach (Range token in Tokens(question))
            {
                context.Add(lookup.TryGetValue(question.AsSpan(token), out int known) ? known : Unknown);
            }

            context.Add(lookup.TryGetValue(Separator, out int separator) ? separator : Unknown);
            foreach (Range token in Tokens(answer))
            {
                ReadOnlySpan<char> word = answer.AsSpan(token);
                if (!spelled.TryGetValue(word, out double spelling))
                {
                    spelling = SpellingLog(word);
                    spelled[word] = spelling;
                }

                int symbol = Unknown;
                if (lookup.TryGetValue(word, out int known))
                {
                    symbol = known;
                    bits -= Math.Log2(_words.Probability(CollectionsMarshal.AsSpan(context), symbol, WordShare * Math.Exp(spelling)));
                }
                else
                {
                    // Nothing but the base tells of an unknown word, so the product is a sum of logarithms: a word of a thousand letters does not underflow.
                    bits -= Math.Log2(_words.Probability(CollectionsMarshal.AsSpan(context), symbol, WordShare)) + (spelling / Math.Log(2));
                }

                context.Add(symbol);
            }

            bits -= Math.Log2(_words.Probability(CollectionsMarshal.AsSpan(context), EndOfText, 1 - WordShare));
            bytes += Encoding.UTF8.GetByteCount(answer);
        }

        return (bits, bytes);
    }

    private const string Separator = "\n\n";
    private const int Unknown = int.MaxValue;

    // The base distribution ends the text once in a hundred words: it only matters for a pool that is empty.
    private const double WordShare = 0.99;

    private static int Symbol(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup, ReadOnlySpan<char> word)
    {
        if (!lookup.TryGetValue(word, out int symbol))
        {
            symbol = lookup.Dictionary.Count + 1;
            lookup[word] = symbol;
        }

        return symbol;
    }

    private static int[] Spell(string word)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(word);
        var symbols = new int[bytes.Length + 1];
        for (int i = 0; i < bytes.Length; i++)
        {
            symbols[i] = bytes[i] + 1;
        }

        return symbols; // ends with 0, the end of the word
    }

    /// <summary>ln of the probability that the spelling model gives a word.</summary>
    private double SpellingLog(ReadOnlySpan<char> word)
    {
        int[] symbols = Spell(word.ToString());
        double log = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            log += Math.Log(_spelling.Probability(symbols.AsSpan(0, i), symbols[i], 1.0 / 257));
        }

        return log;
    }

    /// <summary>Cuts text into words with their leading blank, single digits, runs of white space and single signs; the pieces add up to the text.</summary>
    private static List<Range> Tokens(string text)
    {
        var tokens = new List<Range>((text.Length / 4) + 1);
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            i = TokenEnd(text, i);
            tokens.Add(start..i);
        }

        return tokens;
    }

    /// <summary>Where the token that starts at an index ends.</summary>
    internal static int TokenEnd(ReadOnlySpan<char> text, int start)
    {
        int i = start;
        if (text[i] == ' ' && i + 1 < text.Length && char.IsLetter(text[i + 1]))
        {
            i++;
        }

        if (char.IsLetter(text[i]))
        {
            while (i < text.Length && char.IsLetter(text[i]))
            {
                i++;
            }

            return i;
        }

        if (!char.IsWhiteSpace(text[i]))
        {
            return i + (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1);
        }

        do
        {
            i++;
        }
        while (i < text.Length && char.IsWhiteSpace(text[i]) && !(text[i] == ' ' && i + 1 < text.Length && char.IsLetter(text[i + 1])));
        return i;
    }
}
