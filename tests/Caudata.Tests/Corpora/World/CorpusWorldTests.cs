using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Caudata.Corpora;
using Caudata.Corpora.World;

namespace Caudata.Tests.Corpora.World;

public sealed partial class CorpusWorldTests
{
    private static readonly CorpusWorld World = new(new CorpusWorldOptions { Seed = 11, Documents = 3000 });
    private static readonly Document[] Documents = [.. World.Documents()];
    private static readonly WorldTruth[] Truths = [.. Enumerable.Range(0, World.Count).Select(World.Truth)];

    [Fact]
    public void A_document_does_not_depend_on_order_threads_or_the_size_of_the_world()
    {
        var larger = new CorpusWorld(new CorpusWorldOptions { Seed = 11, Documents = 1_000_000 });
        var made = new ConcurrentDictionary<int, string>();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => made[399 - i] = larger.Document(399 - i).Text);
        for (int i = 0; i < 400; i++)
        {
            Assert.Equal(Documents[i].Text, made[i]);
        }

        Assert.NotEqual(Documents[0].Text, new CorpusWorld(new CorpusWorldOptions { Seed = 12 }).Document(0).Text);
        Assert.NotEmpty(larger.Document(999_999).Text);
    }

    [Fact]
    public void Every_subject_appears_in_its_share_and_every_format_and_kind_appears()
    {
        foreach (string subject in CorpusWorld.Subjects)
        {
            // Default shares are percentages that add up to 100; copies repeat subjects, which widens the spread a little.
            double share = Library.Subjects[Library.IndexOf(subject)].Share / 100, seen = Documents.Count(d => d.Label == subject) / (double)Documents.Length;
            Assert.InRange(seen, share - (5 * Math.Sqrt(share / Documents.Length)), share + (5 * Math.Sqrt(share / Documents.Length)));
        }

        Assert.Equal(Enum.GetValues<DocumentFormat>().Order(), Documents.Select(static d => d.Format).Distinct().Order());
        Assert.Equal(Enum.GetValues<WorldKind>().Order(), Truths.Select(static t => t.Kind).Distinct().Order());
        Assert.InRange(Documents.Select(static d => d.Source).Distinct().Count(), 60, 80);
        Assert.InRange(Documents.Average(static d => d.Text.Length), 2000, 4000);
    }

    [Fact]
    public void The_mix_is_an_option()
    {
        var mix = new CorpusWorld(CorpusWorldOptions.Parse("world:3,documents=600,word-problems=0,programming=100"));
        Document[] documents = [.. mix.Documents()];
        Assert.DoesNotContain(documents, static d => d.Label == "word-problems");
        Assert.InRange(documents.Count(static d => d.Label == "programming"), 240, 380); // 100 of 191
    }

    [Fact]
    public void Copies_say_what_they_copy()
    {
        int exact = 0, near = 0;
        var similarity = new List<double>();
        for (int i = 0; i < Documents.Length; i++)
        {
            if (Truths[i].DuplicateOf is not { } origin)
            {
                continue;
            }

            Assert.True(origin < i);
            Assert.Null(Truths[origin].DuplicateOf);
            if (Truths[i].Exact)
            {
                exact++;
                Assert.Equal(Documents[origin].Text, Documents[i].Text);
            }
            else
            {
                near++;
                Assert.Equal(Truths[origin].Pairs.Select(static p => p.Question + p.Answer), Truths[i].Pairs.Select(static p => p.Question + p.Answer));
                similarity.Add(Jaccard(Documents[origin].Text, Documents[i].Text));
            }
        }

        Assert.InRange(exact, 30, 90); // 2 % of 3,000
        Assert.InRange(near, 70, 170); // 4 %
        // Short pages in another site's frame differ most.
        Assert.True(similarity.Min() > 0.1 && similarity.Order().ElementAt(similarity.Count / 2) > 0.6, $"least {similarity.Min():F2}, median {similarity.Order().ElementAt(similarity.Count / 2):F2}");
        int[] originals = [.. Enumerable.Range(0, Documents.Length).Where(static i => Truths[i].DuplicateOf is null)];
        Assert.Equal(originals.Length, originals.Select(static i => Documents[i].Text).Distinct().Count());
    }

    [Fact]
    public void Spans_hold_the_words_of_their_pairs()
    {
        int compared = 0;
        for (int i = 0; i < Documents.Length; i++)
        {
            foreach (WorldPair pair in Truths[i].Pairs)
            {
                foreach ((string plain, TextSpan span) in new[] { (pair.Question, pair.QuestionSpan), (pair.Answer, pair.AnswerSpan) })
                {
                    string text = Documents[i].Text[span.Start..span.End];
                    Assert.NotEqual("", text.Trim());
                    Assert.Equal(text.Trim(), text);
                    if (plain.Contains('$') || plain.Contains('`') || plain.Contains('|') || Documents[i].Format is DocumentFormat.Latex)
                    {
                        continue;
                    }

                    string bare = Documents[i].Format is DocumentFormat.Html or DocumentFormat.Cnxml ? WebUtility.HtmlDecode(Tag().Replace(text, " ")) : text;
                    // Digits are left out: the numbers of an ordered list are markup in one format and text in another.
                    Assert.Equal(Letters(plain), Letters(bare));
                    compared++;
                }
            }
        }

        Assert.True(compared > 10_000, compared.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Xml_is_well_formed_latex_is_balanced_and_html_closes_what_it_opens()
    {
        foreach (Document document in Documents)
        {
            switch (document.Format)
            {
                case DocumentFormat.Cnxml:
                    var xml = new XmlDocument { XmlResolver = null };
                    xml.LoadXml(document.Text);
                    Assert.Contains(xml.DocumentElement!.Name, (string[])["document", "section"]);
                    break;
                case DocumentFormat.Latex:
                    var open = new Stack<string>();
                    foreach (Match match in Environment().Matches(document.Text))
                    {
                        if (match.Groups[1].Value == "begin")
                        {
                            open.Push(match.Groups[2].Value);
                        }
                        else
                        {
                            Assert.Equal(open.Pop(), match.Groups[2].Value);
                        }
                    }

                    Assert.True(open.Count == 0, document.Id);
                    string outside = Verbatim().Replace(document.Text, "").Replace("\\{", "", StringComparison.Ordinal).Replace("\\}", "", StringComparison.Ordinal).Replace("\\textbackslash{}", "", StringComparison.Ordinal);
                    Assert.Equal(outside.Count(static c => c == '{'), outside.Count(static c => c == '}'));
                    Assert.Equal(0, outside.Replace("\\$", "", StringComparison.Ordinal).Count(static c => c == '$') % 2);
                    break;
                case DocumentFormat.Html:
                    CheckTags(document);
                    break;
            }

            Assert.DoesNotContain(document.Text, static c => c is '«' or '»' or '‹' or '›' || (char.IsControl(c) && c is not ('\n' or '\t')));
            Assert.True(document.Text.IsNormalized());
        }
    }

    [Fact]
    public void No_grammar_is_left_in_the_texts()
    {
        foreach (Document document in Documents.Where(static d => d is { Format: DocumentFormat.Text, Label: "law" or "history" or "cooking" or "biology" or "medicine" or "grammar" }))
        {
            Assert.DoesNotContain(document.Text, static c => c is '{' or '}' or '<' or '>');
            Assert.DoesNotContain("  ,", document.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_equation_of_a_worked_answer_holds()
    {
        int checkedEquations = 0;
        foreach (WorldPair pair in Truths.SelectMany(static t => t.Pairs).Where(static p => p.Result is not null && p.Subject is "word-problems" or "economics" or "chemistry"))
        {
            foreach (Match match in Equation().Matches(pair.Answer.Replace("\\times", "×", StringComparison.Ordinal).Replace("\\div", "÷", StringComparison.Ordinal)))
            {
                decimal left = Evaluate(match.Groups[1].Value), right = decimal.Parse(match.Groups[2].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                bool whole = pair.Family is "word-problems/teams" or "word-problems/harvest";
                Assert.True(left == right || (whole && Math.Floor(left) == right), pair.Family + ": " + match.Value);
                checkedEquations++;
            }
        }

        Assert.True(checkedEquations > 2000, checkedEquations.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Results_follow_from_the_numbers_of_the_question()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (WorldPair pair in Truths.SelectMany(static t => t.Pairs).Concat(CorpusWorld.Targets.SelectMany(static t => World.Target(t, TargetPart.Reference))))
        {
            long[] n = [.. Number().Matches(pair.Question).Select(static m => long.Parse(m.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture))];
            long? expected = pair.Family switch
            {
                "word-problems/packs" => (n[0] * n[1]) - n[2],
                "word-problems/savings" => pair.Question.StartsWith("A ", StringComparison.Ordinal) || pair.Question.StartsWith("The price", StringComparison.Ordinal) || n[0] > n[1] ? (n[0] - n[1]) / n[2] : null,
                "word-problems/trip" => pair.Question.Contains("km per hour", StringComparison.Ordinal) || pair.Question.Contains("hours at", StringComparison.Ordinal) ? (n[0] * n[1]) + (n[2] * n[3]) : null,
                "word-problems/teams" => pair.Question.StartsWith("For a", StringComparison.Ordinal) || pair.Question.StartsWith("For the", StringComparison.Ordinal) || n.Length == 3 ? Ceiling(n[0] * n[1], n[2]) : null,
                "word-problems/reading" => (n[0] - (n[1] * n[2])) / n[3],
                "word-problems/times" => n[0] + (n[0] * n[1]) + ((n[0] * n[1]) - n[2]),
                "geometry/angles" => pair.Question.Contains("triangle", StringComparison.Ordinal) ? 180 - Degrees(pair.Question).Sum() : null,
                "economics/break-even" => pair.Question.StartsWith("A ", StringComparison.Ordinal) ? n[0] / (n[2] - n[1]) : n[2] / (n[0] - n[1]),
                "cooking/scale" => n[1] / n[0] * n[2],
                _ => null,
            };
            if (expected is not null)
            {
                seen.Add(pair.Family);
                Assert.True(Pen.Number(expected.Value) == pair.Result, pair.Question + " -> " + pair.Result + ", expected " + expected);
            }

            if (pair.Family == "algebra/linear")
            {
                Match m = Linear().Match(pair.Question);
                long a = Coefficient(m.Groups[1].Value), b = Signed(m.Groups[2].Value), c = Coefficient(m.Groups[3].Value), d = Signed(m.Groups[4].Value), x = long.Parse(pair.Result!, CultureInfo.InvariantCulture);
                Assert.Equal((a * x) + b, (c * x) + d);
                seen.Add(pair.Family);
            }
        }

        Assert.Superset(new HashSet<string> { "word-problems/packs", "word-problems/trip", "word-problems/reading", "word-problems/times", "geometry/angles", "economics/break-even", "algebra/linear" }, seen);
    }

    [Fact]
    public void Sentences_are_seldom_repeated_and_word_sequences_are_many()
    {
        var sentences = new List<string>();
        var grams = new HashSet<string>(StringComparer.Ordinal);
        var vocabulary = new HashSet<string>(StringComparer.Ordinal);
        int total = 0;
        for (int i = 0; i < Documents.Length; i++)
        {
            if (Truths[i].DuplicateOf is not null)
            {
                continue;
            }

            foreach (WorldPair pair in Truths[i].Pairs.Where(static p => !p.Family.StartsWith("trivia/", StringComparison.Ordinal) && !p.Family.EndsWith("/definition", StringComparison.Ordinal)))
            {
                sentences.Add(pair.Question);
            }

            string[] words = Word().Matches(Tag().Replace(Documents[i].Text, " ")).Select(static m => m.Value).ToArray();
            vocabulary.UnionWith(words);
            for (int w = 0; w + 4 <= words.Length; w++)
            {
                grams.Add(string.Join(' ', words[w], words[w + 1], words[w + 2], words[w + 3]));
                total++;
            }
        }

        double repeated = 1 - (sentences.Distinct().Count() / (double)sentences.Count), rate = grams.Count / (double)total;
        Assert.True(repeated < 0.3 && rate > 0.3 && vocabulary.Count > 5000, $"repeated questions {repeated:F3}, distinct 4-grams {rate:F3}, vocabulary {vocabulary.Count}");
    }

    [Fact]
    public void Targets_have_500_different_pairs_the_parts_share_none_and_the_corpus_holds_few_of_the_test()
    {
        var corpus = Truths.SelectMany(static t => t.Pairs).Select(static p => p.Question).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(4, CorpusWorld.Targets.Length);
        foreach (string target in CorpusWorld.Targets)
        {
            WorldPair[] reference = [.. World.Target(target, TargetPart.Reference)], test = [.. World.Target(target, TargetPart.Test)];
            Assert.Equal((500, 500), (reference.Length, test.Length));
            Assert.Equal(1000, reference.Concat(test).Select(static p => p.Question).Distinct().Count());
            Assert.All(reference, pair => Assert.Equal(target, pair.Subject));
            int shared = test.Count(pair => corpus.Contains(pair.Question));
            Assert.True(shared <= (target == "medicine" ? 150 : 40), $"{target}: {shared} of 500 test questions stand in the corpus");
            Assert.Equal(reference.Select(static p => p.Answer), World.Target(target, TargetPart.Reference).Select(static p => p.Answer));
        }

        Assert.Contains("known: word-problems", Assert.Throws<ArgumentException>(() => World.Target("poetry", TargetPart.Test)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relevant_pairs_are_rare_and_come_from_few_sources()
    {
        int[] relevant = [.. Truths.Select(static t => t.RelevantPairs("word-problems"))];
        Assert.InRange(relevant.Count(static r => r > 0) / (double)relevant.Length, 0.02, 0.2);
        double[] bySource = [.. Enumerable.Range(0, relevant.Length).GroupBy(static i => Truths[i].Site).Select(g => (double)g.Sum(i => relevant[i])).OrderDescending()];
        Assert.True(bySource.Take(12).Sum() > 0.5 * bySource.Sum());
        Assert.Throws<ArgumentException>(static () => Truths[0].RelevantPairs("poetry"));
    }

    [Fact]
    public void Distractors_and_articles_hold_no_pairs_and_traps_say_why()
    {
        Assert.All(Truths.Where(static t => t.Kind is WorldKind.Distractor or WorldKind.Article or WorldKind.News or WorldKind.Navigation), static t => Assert.Empty(t.Pairs));
        Assert.All(Truths.Where(static t => t.Kind is WorldKind.VolumeTrap), static t => Assert.True(t.Pairs.Length >= 12 && t.RelevantPairs("word-problems") == 0));
        Assert.Equal(["injection", "needs-figure", "no-answer"], Truths.SelectMany(static t => t.Traps).Select(static t => t.Reason).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Truths, static t => Assert.Equal(t.Injected, t.Traps.Any(static trap => trap.Reason == "injection")));
    }

    [Fact]
    public void An_index_outside_the_world_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => World.Document(3000));
        Assert.Throws<ArgumentOutOfRangeException>(static () => World.Truth(-1));
    }

    private static void CheckTags(Document document)
    {
        var open = new Stack<string>();
        foreach (Match match in Html().Matches(Script().Replace(document.Text, "")))
        {
            string name = match.Groups[2].Value;
            if (name is "p" or "img" or "meta" or "link" or "br" or "")
            {
                continue;
            }

            if (match.Groups[1].Value == "/")
            {
                Assert.True(open.TryPop(out string? last) && last == name, $"{document.Id}: </{name}> closes <{last}>");
            }
            else
            {
                open.Push(name);
            }
        }

        Assert.True(open.Count == 0, document.Id);
    }

    private static double Jaccard(string a, string b)
    {
        HashSet<string> x = Shingles(a), y = Shingles(b);
        int both = x.Count(y.Contains);
        return both / (double)(x.Count + y.Count - both);
    }

    private static HashSet<string> Shingles(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(0, Math.Max(1, words.Length - 4)).Select(i => string.Join(' ', words.Skip(i).Take(5)))];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter));

    private static decimal Evaluate(string expression)
    {
        decimal sum = 0, product = 0;
        char sign = '+', pending = ' ';
        foreach (string token in expression.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (decimal.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            {
                product = pending switch { '×' => product * value, '÷' => product / value, _ => value };
            }
            else if (token[0] is '+' or '-')
            {
                sum += sign == '-' ? -product : product;
                (sign, pending) = (token[0], ' ');
            }
            else
            {
                pending = token[0];
            }
        }

        return sum + (sign == '-' ? -product : product);
    }

    private static long Ceiling(long a, long b) => (a + b - 1) / b;

    private static long Coefficient(string text) => text switch { "" => 1, "-" => -1, _ => long.Parse(text, CultureInfo.InvariantCulture) };

    private static long Signed(string text) => long.Parse(text.Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static IEnumerable<long> Degrees(string text) => Degree().Matches(text).Select(static m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("[a-zA-Z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(begin|end)\{(\w+)\}")]
    private static partial Regex Environment();

    [GeneratedRegex(@"\\begin\{verbatim\}.*?\\end\{verbatim\}|(?m:^%.*$)", RegexOptions.Singleline)]
    private static partial Regex Verbatim();

    [GeneratedRegex(@"<(/?)([a-z0-9]*)(?:\s[^>]*)?>")]
    private static partial Regex Html();

    [GeneratedRegex(@"(?<![\d.(,=] ?)((?:\d+(?:\.\d+)?)(?: [+×÷-] \d+(?:\.\d+)?)+) = (-?\d+(?:\.\d+)?)")]
    private static partial Regex Equation();

    [GeneratedRegex(@"\d+(?:,\d{3})*")]
    private static partial Regex Number();

    [GeneratedRegex("<script>.*?</script>|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"(\d+)\^\{\\circ\}")]
    private static partial Regex Degree();

    [GeneratedRegex(@"\$(-?\d*)[a-z] ([+-] \d+) = (-?\d*)[a-z] ([+-] \d+)\$")]
    private static partial Regex Linear();
}
