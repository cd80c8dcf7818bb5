using System.Globalization;
using System.Text;
using Caudata.Corpora.World;

namespace Caudata.Extraction;

/// <summary>How much of a corpus world's truth a run found. A pair is truly relevant when its relevance to the target is 1/2 or more; pairs of copied documents and equal questions count once.</summary>
/// <param name="Relevant">Truly relevant pairs in the whole world.</param>
/// <param name="Read">Those in the documents that were read.</param>
/// <param name="Found">Those that became pairs: the same question, looking only at its letters and digits.</param>
/// <param name="Selected">Those among the selected pairs.</param>
public sealed record WorldFound(int Relevant, int Read, int Found, int Selected);

/// <summary>What is true of a corpus world, for judging a run after its end; nothing is chosen by it.</summary>
internal sealed class WorldEvidence
{
    private readonly HashSet<string> _relevant = new(StringComparer.Ordinal);
    private readonly string[][] _ofDocument;

    private WorldEvidence(string[][] ofDocument) => _ofDocument = ofDocument;

    /// <summary>The truth of a run's corpus towards its target; null unless both are of a corpus world.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="cancellationToken">Stops between documents.</param>
    public static WorldEvidence? Of(ExtractionOptions options, CancellationToken cancellationToken)
    {
        if (!options.Corpus[0].StartsWith("world:", StringComparison.Ordinal) || !options.Target.StartsWith("world:", StringComparison.Ordinal))
        {
            return null;
        }

        string target = options.Target.Split('/')[1];
        var world = new CorpusWorld(CorpusWorldOptions.Parse(options.Corpus[0]));
        var questions = new string[world.Count][];
        var copies = new bool[world.Count];
        Parallel.For(0, world.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, i =>
        {
            WorldTruth truth = world.Truth(i);
            copies[i] = truth.DuplicateOf is not null;
            questions[i] = [.. truth.Pairs.Where(pair => pair.Relevance(target) >= 0.5).Select(pair => Key(pair.Question))];
        });
        var evidence = new WorldEvidence(questions);
        evidence._relevant.UnionWith(questions.Where((_, i) => !copies[i]).SelectMany(keys => keys));
        return evidence;
    }

    /// <summary>Counts what was found.</summary>
    /// <param name="documents">The documents that were read.</param>
    /// <param name="pairs">The pairs that they gave.</param>
    /// <param name="isSelected">Whether the pair at an index of <paramref name="pairs"/> was selected.</param>
    public WorldFound Count(IEnumerable<DocumentReading> documents, IReadOnlyList<ExtractedPair> pairs, Func<int, bool> isSelected)
    {
        HashSet<string> read = new(StringComparer.Ordinal), found = new(StringComparer.Ordinal), selected = new(StringComparer.Ordinal);
        foreach (DocumentReading document in documents)
        {
            int index = int.Parse(document.Id.AsSpan(document.Id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            read.UnionWith(_ofDocument[index]);
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            string key = Key(pairs[i].Question);
            found.Add(key);
            if (isSelected(i))
            {
                selected.Add(key);
            }
        }

        return new WorldFound(_relevant.Count, _relevant.Count(read.Contains), _relevant.Count(found.Contains), _relevant.Count(selected.Contains));
    }

    /// <summary>Letters and digits of a question in lower case: what markup, spacing and punctuation leave alone.</summary>
    private static string Key(string question)
    {
        var key = new StringBuilder(question.Length);
        foreach (Rune rune in question.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                key.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return key.ToString();
    }
}
