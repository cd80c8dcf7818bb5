namespace Caudata.Extraction.Checks;

/// <summary>What the letters of a target's language look like: letter trigrams, commonest words and scripts, counted in the reference set itself.</summary>
/// <remarks>
/// <para>A text's score is the mean of ln p(trigram) over its letter trigrams, with word boundaries, p smoothed by one half. The bound is the lowest 0.5 % of the reference items' own scores, less one unit.
/// A text is of another language only if its score is below the bound and hardly any of its words are among the reference's commonest 200: subject words alone do not make a language.</para>
/// <para>Idea of n-gram profiles: [cavnar1994]. Immutable, thread-safe.</para>
/// </remarks>
public sealed class LanguageProfile
{
    /// <summary>Name of the check.</summary>
    public const string Name = "language";

    private const int Buckets = 1 << 14, FewestTrigrams = 40, FewestWords = 8, Commonest = 200;
    private const double Smoothing = 0.5, LeastCommonShare = 0.15;
    private readonly float[] _logarithms;
    private readonly HashSet<ulong> _common;
    private readonly double[] _scripts;

    private LanguageProfile(float[] logarithms, HashSet<ulong> common, double[] scripts, double bound)
    {
        _logarithms = logarithms;
        _common = common;
        _scripts = scripts;
        Bound = bound;
    }

    /// <summary>The score, mean ln p of a trigram, below which a text is foreign unless its common words say otherwise; −∞ when the reference is too small to say.</summary>
    public double Bound { get; }

    /// <summary>Counts the reference set.</summary>
    /// <param name="texts">Its items, questions and answers.</param>
    public static LanguageProfile Of(IReadOnlyList<string> texts)
    {
        var counts = new long[Buckets];
        var scripts = new long[Scripts];
        var words = new Dictionary<ulong, int>();
        var hashes = new List<ulong>();
        foreach (string text in texts)
        {
            hashes.Clear();
            WordHashes.Append(text, hashes);
            foreach (ulong word in hashes.ToHashSet())
            {
                words[word] = words.GetValueOrDefault(word) + 1;
            }

            Trigrams(text, counts, scripts);
        }

        double total = counts.Sum() + (Smoothing * Buckets);
        var logarithms = new float[Buckets];
        for (int i = 0; i < Buckets; i++)
        {
            logarithms[i] = (float)Math.Log((counts[i] + Smoothing) / total);
        }

        double letters = Math.Max(1, scripts.Sum());
        var common = words.OrderByDescending(static w => w.Value).ThenBy(static w => w.Key).Take(Commonest).Select(static w => w.Key).ToHashSet();
        var profile = new LanguageProfile(logarithms, common, [.. scripts.Select(s => s / letters)], double.NegativeInfinity);
        double[] scores = [.. texts.Select(profile.Score).Where(static s => !double.IsNaN(s)).Order()];
        return scores.Length < 20 ? profile : new LanguageProfile(logarithms, common, profile._scripts, scores[(int)(0.005 * scores.Length)] - 1);
    }

    /// <summary>Judges a text.</summary>
    /// <param name="text">Question and answer.</param>
    public Verdict Judge(ReadOnlySpan<char> text)
    {
        Span<long> scripts = stackalloc long[Scripts];
        double score = Score(text, scripts);
        long letters = 0, foreign = 0;
        for (int i = 0; i < Scripts; i++)
        {
            letters += scripts[i];
            foreign += _scripts[i] < 0.001 ? scripts[i] : 0;
        }

        if (letters >= 20 && foreign > letters / 2 && !double.IsNegativeInfinity(Bound))
        {
            return Check.Fail(Name, "other-script", $"{foreign} of {letters} letters are of a script that the reference does not use.");
        }

        if (double.IsNaN(score) || score >= Bound)
        {
            return Check.Pass(Name);
        }

        ulong[] words = WordHashes.Of(text);
        int common = words.Count(_common.Contains);
        return words.Length < FewestWords || common >= LeastCommonShare * words.Length
            ? Check.Pass(Name)
            : Check.Fail(Name, "other-language", $"Its letter sequences score {score:F2} against a bound of {Bound:F2} from the reference, and {common} of {words.Length} words are common there.");
    }

    private double Score(string text)
    {
        Span<long> scripts = stackalloc long[Scripts];
        return Score(text, scripts);
    }

    /// <summary>Mean ln p of the letter trigrams, or NaN when they are fewer than 40.</summary>
    private double Score(ReadOnlySpan<char> text, Span<long> scripts)
    {
        double sum = 0;
        int n = 0;
        uint window = ' ';
        foreach (char c in text)
        {
            if (!Step(c, ref window, scripts, out int bucket))
            {
                continue;
            }

            sum += _logarithms[bucket];
            n++;
        }

        return n < FewestTrigrams ? double.NaN : sum / n;
    }

    private static void Trigrams(string text, long[] counts, Span<long> scripts)
    {
        uint window = ' ';
        foreach (char c in text)
        {
            if (Step(c, ref window, scripts, out int bucket))
            {
                counts[bucket]++;
            }
        }
    }

    /// <summary>Moves the window of three (10 bits a character) by one; true when it holds a trigram with a letter in its middle.</summary>
    private static bool Step(char c, ref uint window, Span<long> scripts, out int bucket)
    {
        uint letter = char.IsAscii(c) ? (uint)((c | 0x20) - 'a') < 26 ? (uint)(c | 0x20) : ' ' : char.IsLetter(c) ? char.ToLowerInvariant(c) : (uint)' ';
        if (letter != ' ')
        {
            scripts[Script((char)letter)]++;
        }

        bool middle = (window & 0x3FF) != ' ';
        if (letter == ' ' && !middle)
        {
            window = ' ';
            bucket = 0;
            return false;
        }

        // A code point is folded to 10 bits; scripts are told apart before, so that folding hardly matters.
        window = ((window << 10) | ((letter ^ (letter >> 10)) & 0x3FF)) & 0x3FFFFFFF;
        bucket = (int)((window * 0x9E3779B1u) >> 18);
        return middle;
    }

    private const int Scripts = 9;

    private static int Script(char c) => c switch
    {
        < '\u0250' => 0, // Latin
        < '\u0370' => 1,
        < '\u0400' => 2, // Greek
        < '\u0530' => 3, // Cyrillic
        < '\u0700' => 4, // Armenian, Hebrew, Arabic
        < '\u0E00' => 5, // scripts of India
        < '\u1100' => 6, // Thai to Georgian
        >= '\u2E80' and < '\uAC00' => 7, // kana and Han
        _ => 8,
    };
}
