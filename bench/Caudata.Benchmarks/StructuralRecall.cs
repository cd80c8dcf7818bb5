using System.Globalization;
using System.Text;
using Caudata.Corpora;
using Caudata.Corpora.World;
using Caudata.Extraction;
using Caudata.Extraction.Structural;

namespace Caudata.Benchmarks;

/// <summary>How much of what is truly there the structural extractor finds, by convention and markup: <c>-- structural-recall [world:SEED,documents=N] [--examples | --show DOCUMENT]</c>. Three figures for each: truths found by their words
/// (question and answer have the letters and digits of the truth), truths found by their place (a pair whose question and answer overlap those of the truth), and, of the pairs found, those that are no truth.</summary>
public static class StructuralRecall
{
    public static int Run(string[] args)
    {
        CorpusWorldOptions options = CorpusWorldOptions.Parse(args.FirstOrDefault(a => a.StartsWith("world:", StringComparison.Ordinal)) ?? "world:7,documents=4000");
        bool examples = args.Contains("--examples");
        var world = new CorpusWorld(options);
        if (Array.IndexOf(args, "--show") is >= 0 and var show && show + 1 < args.Length)
        {
            Console.WriteLine(world.Document(int.Parse(args[show + 1], CultureInfo.InvariantCulture)).Text);
            return 0;
        }

        SortedDictionary<string, int[]> table = new(StringComparer.Ordinal);
        SortedDictionary<string, int[]> patterns = new(StringComparer.Ordinal);
        List<(string Cell, string What)> lost = [];
        int[] all = new int[4];
        for (int i = 0; i < world.Count; i++)
        {
            WorldTruth truth = world.Truth(i);
            Document document = world.Document(i);
            Reading reading = StructuralExtractor.Read(document);
            Dictionary<string, string> words = [];
            foreach (CandidatePair pair in reading.Pairs)
            {
                words[Key(pair.Question)] = Key(pair.Answer);
            }

            foreach (WorldPair pair in truth.Pairs)
            {
                string cell = $"{pair.Convention} | {document.Format}";
                int[] row = table.TryGetValue(cell, out int[]? known) ? known : table[cell] = new int[3];
                bool byWords = words.TryGetValue(Key(pair.Question), out string? answer) && answer.Contains(Key(pair.Answer), StringComparison.Ordinal);
                bool byPlace = reading.Pairs.Any(found => Overlap(found.QuestionSpan, pair.QuestionSpan) && Overlap(found.AnswerSpan, pair.AnswerSpan));
                row[0]++;
                row[1] += byWords ? 1 : 0;
                row[2] += byPlace ? 1 : 0;
                if (!byWords && examples)
                {
                    CandidatePair? near = reading.Pairs.FirstOrDefault(found => Overlap(found.QuestionSpan, pair.QuestionSpan));
                    lost.Add((cell, $"document {i} {pair.QuestionSpan}\n  true     {Short(pair.Question)} => {Short(pair.Answer)}\n  found    {(near is null ? "nothing" : $"[{near.Pattern}] {Short(near.Question)} => {Short(near.Answer)}")}\n  rejected {string.Join("; ", reading.Rejections.Select(r => r.Reason + " " + Short(r.Detail)).Take(3))}"));
                }
            }

            foreach (CandidatePair pair in reading.Pairs)
            {
                int[] row = patterns.TryGetValue(pair.Pattern, out int[]? known) ? known : patterns[pair.Pattern] = new int[2];
                row[0]++;
                row[1] += truth.Pairs.Any(t => Overlap(pair.QuestionSpan, t.QuestionSpan) && Overlap(pair.AnswerSpan, t.AnswerSpan)) ? 1 : 0;
            }
        }

        Console.WriteLine("| convention | markup | true pairs | found, same words | found, same place |\n|---|---|---|---|---|");
        foreach ((string cell, int[] row) in table)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {cell} | {row[0]} | {(double)row[1] / row[0]:P0} | {(double)row[2] / row[0]:P0} |"));
            for (int k = 0; k < 3; k++)
            {
                all[k] += row[k];
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| **all** | | {all[0]} | {(double)all[1] / all[0]:P1} | {(double)all[2] / all[0]:P1} |"));
        Console.WriteLine("\n| pattern | pairs found | of which true |\n|---|---|---|");
        foreach ((string pattern, int[] row) in patterns)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pattern} | {row[0]} | {(double)row[1] / row[0]:P1} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| **all** | {patterns.Values.Sum(r => r[0])} | {patterns.Values.Sum(r => r[1]) / (double)Math.Max(1, patterns.Values.Sum(r => r[0])):P1} |"));
        foreach (IGrouping<string, (string Cell, string What)> group in lost.GroupBy(l => l.Cell))
        {
            Console.WriteLine($"\n## {group.Key}");
            foreach ((_, string what) in group.Take(4))
            {
                Console.WriteLine(what);
            }
        }

        return 0;
    }

    private static bool Overlap(TextSpan a, TextSpan b) => a.Start < b.End && b.Start < a.End;

    private static string Short(string text) => (text.Length > 160 ? text[..160] : text).ReplaceLineEndings("⏎");

    private static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                key.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return key.ToString();
    }
}
