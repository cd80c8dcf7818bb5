using System.Collections.Immutable;
using Caudata.Corpora;

namespace Caudata.Extraction.Checks;

/// <summary>All checks on pairs, with what they must remember.</summary>
/// <remarks>
/// <para><see cref="Examine"/> is pure and thread-safe. <see cref="Decide"/> compares with the pairs kept so far and keeps the pair if it passed everything: call it from one thread, in a fixed order,
/// and the verdicts do not depend on the number of threads.</para>
/// </remarks>
public sealed class PairChecks
{
    private readonly CheckOptions _options;
    private readonly LanguageProfile? _language;
    private readonly ContaminationIndex? _contamination;
    private readonly NearDuplicatePairs _kept;

    /// <summary>Checks with nothing kept yet.</summary>
    /// <param name="options">Thresholds.</param>
    /// <param name="language">The target's language; null for no check of language.</param>
    /// <param name="contamination">Test items; null for no check of contamination.</param>
    /// <exception cref="ArgumentException">The options have mistakes; all are named.</exception>
    public PairChecks(CheckOptions options, LanguageProfile? language = null, ContaminationIndex? contamination = null)
    {
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        _options = options;
        _language = language;
        _contamination = contamination;
        _kept = new NearDuplicatePairs(options.NearDuplicate);
    }

    /// <summary>Number of pairs that passed everything.</summary>
    public int Kept => _kept.Count;

    /// <summary>All verdicts on a pair; keeps it if it passed. The same as <see cref="Examine"/> and <see cref="Decide"/>.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="document">The document that its spans point into.</param>
    /// <param name="vector">The pair's vector, for contamination by embedding; empty for none.</param>
    /// <returns>One verdict for each check that is on, in the order of <see cref="Check.Names"/>.</returns>
    public ImmutableArray<Verdict> Judge(CandidatePair pair, Document document, ReadOnlySpan<float> vector = default) => Decide(Examine(pair, document, vector));

    /// <summary>The verdicts that need no memory of other pairs.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="document">The document that its spans point into.</param>
    /// <param name="vector">The pair's vector, for contamination by embedding; empty for none.</param>
    public Examination Examine(CandidatePair pair, Document document, ReadOnlySpan<float> vector = default)
    {
        var words = new List<ulong>(256);
        WordHashes.Append(pair.Question, words);
        int question = words.Count;
        WordHashes.Append(pair.Answer, words);
        ReadOnlySpan<ulong> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words);
        ImmutableArray<Verdict>.Builder verdicts = ImmutableArray.CreateBuilder<Verdict>(7);
        verdicts.Add(Refused.Judge(pair.Answer));
        verdicts.Add(Length.Judge(question, all.Length - question, _options));
        verdicts.Add(Grounded.Judge(pair, document, all[question..], _options.Grounding));
        verdicts.Add(Complete.Judge(pair));
        if (_language is not null)
        {
            verdicts.Add(_language.Judge(string.Concat(pair.Question, "\n", pair.Answer)));
        }

        if (_contamination is not null)
        {
            verdicts.Add(_contamination.Judge(all[..question], all[question..], vector));
        }

        return new Examination(verdicts.ToImmutable(), NearDuplicatePairs.Sketch(all));
    }

    /// <summary>Adds the verdict on near-duplicates, and keeps the pair if it passed everything.</summary>
    /// <param name="examination">What <see cref="Examine"/> gave.</param>
    public ImmutableArray<Verdict> Decide(Examination examination)
    {
        ImmutableArray<Verdict> verdicts = examination.Verdicts.Add(_kept.Judge(examination.Sketch));
        if (verdicts.All(static v => v.Passed))
        {
            _kept.Keep(examination.Sketch);
        }

        return verdicts;
    }
}

/// <summary>A pair looked at alone, before it is compared with those kept.</summary>
public sealed record Examination
{
    internal Examination(ImmutableArray<Verdict> verdicts, PairSketch sketch) => (Verdicts, Sketch) = (verdicts, sketch);

    /// <summary>The verdicts so far.</summary>
    public ImmutableArray<Verdict> Verdicts { get; }

    internal PairSketch Sketch { get; }
}
