using System.Globalization;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Exercises whose answers stand elsewhere in the document under the same number: "Exercises ... 7. ..." and, behind them, "Answers ... 7. ...".</summary>
/// <remarks>
/// <para>Pattern <c>answer-key</c>. A key is what stands beneath a heading or bold line such as "Answers", "Solutions to odd-numbered exercises" or "Answer key"; its numbered items are answers. Exercises are the numbered items
/// beneath a heading that announces them, those of which most ask something, and marked exercises that stand in order. Both are cut into runs of rising numbers, each with the headings above it.</para>
/// <para>A run of answers is matched with one run of exercises before it that holds nearly all of its numbers (nine of ten): the only one with the same heading, else the only one since the last key; else with all
/// runs since the last key when no number stands in two of them. What stays ambiguous is left alone: an answer under the wrong question is worse than none.</para>
/// </remarks>
internal static class AnswerKeys
{
    /// <summary>Longest heading of a key, in code units.</summary>
    private const int LongestHeading = 90;

    /// <summary>Fewest numbers that a run of exercises or answers has; a single number proves nothing.</summary>
    private const int FewestNumbers = 2;

    /// <summary>Blocks that belong to an exercise or answer that is no item of a list, at most.</summary>
    private const int MostBlocks = 12;

    /// <summary>In place of a heading's level: outside of any key.</summary>
    private const int NoKey = int.MinValue;

    /// <summary>Share of a key's numbers that the run of exercises must have.</summary>
    private const double LeastShare = 0.9;

    private static readonly string[] Announcing = ["exercise", "problem", "question", "practice", "review", "quiz", "test", "homework", "check your", "self check", "self-check", "try it", "drill", "worksheet", "assignment", "puzzle", "activities"];

    /// <summary>Finds the pairs.</summary>
    /// <param name="scan">The document.</param>
    /// <param name="open">Marked exercises without an answer of their own.</param>
    public static void Find(PairScan scan, List<OpenExercise> open)
    {
        List<Run> exercises = [], keys = [];
        Collect(scan, open, exercises, keys);
        if (keys.Count == 0 || exercises.Count == 0)
        {
            return;
        }

        var taken = new HashSet<Run>();
        foreach (Run key in keys)
        {
            foreach ((Entry question, Entry answer) in Match(key, keys, exercises, taken))
            {
                Offer(scan, question, answer);
            }
        }
    }

    private static void Collect(PairScan scan, List<OpenExercise> open, List<Run> exercises, List<Run> keys)
    {
        var nodes = scan.Tree.Nodes;
        Dictionary<int, OpenExercise> marked = open.ToDictionary(exercise => exercise.Node);
        var stem = new SharedStem(scan);
        string heading = "", section = "", topic = "";
        var announced = false;
        var keyLevel = NoKey; // level of the heading of the key that we are in
        var isFresh = false; // nothing but headings since the key's heading
        var key = 0; // number of the key, so that runs of one key belong together
        Run? run = null;
        for (var i = 1; i < nodes.Length;)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next;
                continue;
            }

            var level = QuestionHeadings.Level(scan, i);
            var at = Number(scan, i, keyLevel != NoKey);
            if (level > 0 && at.Number < 0)
            {
                var text = Name(scan, i);
                if (IsKey(text) && !(keyLevel != NoKey && level > keyLevel && isFresh))
                {
                    (keyLevel, heading, topic, isFresh) = (level, "", Topic(text), true);
                    key++;
                }
                else if (keyLevel != NoKey && (level > keyLevel || isFresh))
                {
                    // A part of the key: "Chapter 2"; where it stands right below the key's heading, it sets the level of the parts.
                    (keyLevel, heading, topic) = (Math.Min(keyLevel, level - 1), text, Topic(text));
                }
                else
                {
                    keyLevel = NoKey;
                    announced = Announces(text);
                    section = announced && nodes[i].Kind != MarkupKind.Heading ? section : announced && IsBare(text) ? section : text;
                    (heading, topic) = (section, Topic(text));
                }

                run = null;
                stem.See(i);
                i = nodes[i].Next;
                continue;
            }

            isFresh &= at.Number < 0;
            if (marked.TryGetValue(i, out OpenExercise exercise) && keyLevel == NoKey)
            {
                var number = at.Number >= 0 ? at : new Enumerator(-1, run is { IsMarked: true } ? run.Entries[^1].Number + 1 : 1, 0, ' ');
                run = Put(exercises, run, new Entry(number.Number, i, nodes[i].Next, (exercise.StemFrom, exercise.StemTo)), number.Major, new Run(heading, topic, key, i, number.Major, true), isAsked: true);
                i = nodes[i].Next;
                continue;
            }

            if (at.Number < 0 && (keyLevel != NoKey || nodes[i].Kind == MarkupKind.Paragraph))
            {
                // Several answers in one line or table: "Answer key: 1. B  2. C".
                var listed = KeyLines.Read(scan, i, keyLevel != NoKey);
                if (listed.Count > 0)
                {
                    key += keyLevel == NoKey ? 1 : 0;
                    run = keyLevel == NoKey ? null : run;
                    foreach (KeyLine line in listed)
                    {
                        run = Put(keys, run, new Entry(line.Number, i, nodes[i].Next, (-1, -1), line), -1, keyLevel == NoKey ? new Run("", "", key, i, -1, false) : new Run(heading, topic, key, i, -1, false), isAsked: false);
                    }

                    run = keyLevel == NoKey ? null : run;
                    i = nodes[i].Next;
                    continue;
                }
            }

            if (at.Number < 0)
            {
                // A list of exercises is no part of the instruction above it.
                if (nodes[i].Kind != MarkupKind.OrderedList || nodes[i].Level > 0)
                {
                    stem.See(i);
                }

                i++;
                continue;
            }

            var to = Beneath(scan, i);
            if (keyLevel != NoKey)
            {
                var next = to < nodes.Length ? Number(scan, to, true).Number : -1;
                var listed = KeyLines.Continue(scan, i, to, at, next);
                run = Put(keys, run, new Entry(at.Number, i, to, (-1, -1), listed.Count > 0 ? listed[0] : null), at.Major, new Run(heading, topic, key, i, at.Major, false), isAsked: false);
                foreach (KeyLine line in listed.Skip(1))
                {
                    run = Put(keys, run, new Entry(line.Number, i, to, (-1, -1), line), at.Major, new Run(heading, topic, key, i, at.Major, false), isAsked: false);
                }
            }
            else
            {
                run = Put(exercises, run, new Entry(at.Number, i, to, stem.For(i)), at.Major, new Run(heading, topic, key, i, at.Major, false), announced || Asks(scan, i, to));
            }

            i = to;
        }

        exercises.RemoveAll(r => r.Entries.Count < FewestNumbers || r.Asked * 2 < r.Entries.Count);
        keys.RemoveAll(r => r.Entries.Count < FewestNumbers);
    }

    /// <summary>Adds an entry to the run, or begins another where the numbers do not rise or their chapter changes.</summary>
    private static Run Put(List<Run> runs, Run? run, Entry entry, int major, Run another, bool isAsked)
    {
        if (run is null || runs.Count == 0 || !ReferenceEquals(runs[^1], run) || entry.Number <= run.Entries[^1].Number || run.IsMarked != another.IsMarked || run.Major != major)
        {
            run = another;
            runs.Add(run);
        }

        run.Entries.Add(entry);
        run.Asked += isAsked ? 1 : 0;
        return run;
    }

    private static IEnumerable<(Entry Question, Entry Answer)> Match(Run key, List<Run> keys, List<Run> exercises, HashSet<Run> taken)
    {
        List<Run> before = [.. exercises.Where(run => run.At < key.At && !taken.Contains(run))];
        List<Run> numbered = key.Major < 0 ? [] : [.. before.Where(run => run.Major == key.Major && Covers(run, key))];
        List<Run> named = [.. before.Where(run => (IsSame(run.Heading, key.Heading) || IsSame(run.Topic, key.Topic) || IsSame(run.Heading, key.Topic)) && Covers(run, key))];
        List<Run> near = [.. before.Where(run => run.Key == key.Key - 1 && Covers(run, key))];
        Run[] ofKey = [.. keys.Where(other => other.Key == key.Key)];
        bool isOnly = ofKey.Length == 1;
        Run? one = numbered.Count == 1 && ofKey.Count(other => other.Major == key.Major) == 1 ? numbered[0]
            : numbered.Count > 1 ? null
            : named.Count == 1 && ofKey.Count(other => other.Heading == key.Heading && other.Topic == key.Topic) == 1 ? named[0]
            : named.Count == 0 && isOnly && near.Count == 1 ? near[0] : null;
        if (one is not null)
        {
            taken.Add(one);
            return Pairs(key, one.Entries);
        }

        // Numbers that run on through several groups: all groups since the last key together.
        List<Entry> all = [.. before.Where(run => run.Key == key.Key - 1).SelectMany(run => run.Entries)];
        if (isOnly && near.Count == 0 && named.Count == 0 && all.Count > 0 && all.Select(entry => entry.Number).Distinct().Count() == all.Count)
        {
            HashSet<int> numbers = [.. all.Select(entry => entry.Number)];
            if (key.Entries.Count(entry => numbers.Contains(entry.Number)) >= LeastShare * key.Entries.Count)
            {
                return Pairs(key, all);
            }
        }

        return [];
    }

    /// <summary>Whether a part of a key bears the name of a section: the same words, or the first of them ("chapter 2" and "chapter 2 newts").</summary>
    private static bool IsSame(string section, string part) => part.Length > 0 && (section == part || section.StartsWith(part + " ", StringComparison.Ordinal) || (section.Length > 0 && part.StartsWith(section + " ", StringComparison.Ordinal)));

    private static bool Covers(Run exercises, Run key)
    {
        HashSet<int> numbers = [.. exercises.Entries.Select(entry => entry.Number)];
        return key.Entries.Count(entry => numbers.Contains(entry.Number)) >= LeastShare * key.Entries.Count;
    }

    private static IEnumerable<(Entry, Entry)> Pairs(Run key, List<Entry> exercises)
    {
        Dictionary<int, Entry> byNumber = exercises.ToDictionary(entry => entry.Number);
        foreach (Entry answer in key.Entries)
        {
            if (byNumber.TryGetValue(answer.Number, out Entry question))
            {
                yield return (question, answer);
            }
        }
    }

    private static void Offer(PairScan scan, Entry question, Entry answer)
    {
        var nodes = scan.Tree.Nodes;
        var options = Options.Of(scan, question.From, question.To, ExerciseElements.Answering, out var lettered);
        scan.Text.Start(scan.Tree).Letters = !options.IsEmpty && !lettered;
        var asked = Bare(scan.Text.Add(Inside(nodes, question), question.To, ExerciseElements.Answering).ToString(), question.Number);
        asked = BlockLabel.Strip(asked, LabelKind.Question, LabelKind.Example);
        var figures = scan.Figures(question.From, question.To, ExerciseElements.Answering);
        var span = new TextSpan(nodes[question.From].Start, End(nodes, question));
        if (question.Stem.From >= 0 && !(asked.EndsWith('?') && asked.AsSpan().Count(' ') >= 12))
        {
            figures += scan.Figures(question.Stem.From, question.Stem.To, 0);
            asked = scan.Text.Start(scan.Tree).Add(question.Stem.From, question.Stem.To).ToString() + "\n\n" + asked;
        }

        var said = answer.Line is { } line ? line.Text : Bare(scan.Text.Start(scan.Tree).Add(Inside(nodes, answer), answer.To).ToString(), answer.Number);
        said = BlockLabel.Of(said) is { Kind: LabelKind.Question } label && label.Number == answer.Number && label.Length < said.Length ? said[label.Length..].TrimStart() : said;
        said = BlockLabel.Strip(said, LabelKind.Answer, LabelKind.Proof);
        var saidSpan = answer.Line is { } part ? part.Span : new TextSpan(nodes[answer.From].Start, End(nodes, answer));
        scan.Offer(new PairDraft(asked, said, span, saidSpan, "answer-key", figures, answer.Line is null ? scan.Figures(answer.From, answer.To, 0) : 0, options));
        scan.Claim(question.From, question.To);
        scan.Claim(answer.From, answer.To);
    }

    /// <summary>An item is written without the mark of its list.</summary>
    private static int Inside(ReadOnlySpan<MarkupNode> nodes, Entry entry) => nodes[entry.From].Kind == MarkupKind.Item ? entry.From + 1 : entry.From;

    private static int End(ReadOnlySpan<MarkupNode> nodes, Entry entry)
    {
        var end = nodes[entry.From].End;
        for (var i = entry.From; i < entry.To; i = nodes[i].Next)
        {
            end = Math.Max(end, nodes[i].End);
        }

        return end;
    }

    /// <summary>Heading in lower case, without marks and white space at its ends.</summary>
    private static string Name(PairScan scan, int heading)
    {
        var node = scan.Tree.Nodes[heading];
        return node.ContentEnd - node.ContentStart > 400 ? "" : Plain(scan.Render(heading));
    }

    private static string Plain(string heading) => string.Join(' ', heading.ToLowerInvariant().Split([' ', '\n', '*', '_', '#', ':', '.', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a heading opens a key or a list of answers.</summary>
    /// <param name="heading">The heading's text, as it stands or in lower case.</param>
    public static bool IsKey(string heading)
    {
        var name = heading.Length > LongestHeading ? "" : Plain(heading);
        if (name.Length is 0 or > LongestHeading || name.Contains('?'))
        {
            return false;
        }

        var words = name.Split(' ');
        var first = Array.FindIndex(words, word => !char.IsDigit(word[0]) && word is not ("selected" or "short" or "chapter" or "section" or "odd" or "odd-numbered" or "even-numbered" or "brief" or "the" or "all" or "practice" or "review" or "exercise" or "exercises" or "problem" or "problems" or "question" or "questions" or "quiz" or "test" or "homework" or "and" or "self" or "check" or "self-check" or "to" or "hints"));
        return first >= 0 && words[first] is "answers" or "solutions" or "answer" or "solution" or "key" && (words[first] is "answers" or "solutions" || (words[first] is "key" && (first + 1 == words.Length || words[first + 1] is "to" or "for")) || (first + 1 < words.Length && words[first + 1] is "key" or "keys" or "section"));
    }

    private static bool Announces(string name) => Announcing.Any(word => name.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether a line that stands alone announces exercises: "Exercises", "Review Problems for Unit 7", "Quiz 3"; not the label of one ("Exercise 3").</summary>
    /// <param name="heading">The line.</param>
    public static bool AnnouncesExercises(string heading)
    {
        var name = Plain(heading);
        if (!Announces(name) || (BlockLabel.Of(heading) is { Kind: not LabelKind.None, Number: >= 0 } && !name.StartsWith("quiz", StringComparison.Ordinal)))
        {
            return false;
        }

        var words = name.Split(' ');
        return IsBare(name) || (words.Length <= 7 && words.Any(word => word is "exercises" or "problems" or "questions" or "quiz" or "worksheet" or "homework" or "exam") && !words.Any(word => word is "is" or "are" or "was" or "were" or "has" or "have" or "can" or "we" or "you" or "i"));
    }

    /// <summary>What a heading of exercises or of their key is about: its words without those that say which of the two it is.</summary>
    private static string Topic(string name) => string.Join(' ', name.Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("answers" or "answer" or "solutions" or "solution" or "key" or "keys" or "to" or "for" or "of" or "the" or "odd-numbered" or "even-numbered" or "odd" or "even"
        or "selected" or "exercises" or "exercise" or "problems" or "problem" or "questions" or "question" or "review" or "practice" or "and" or "from" or "in" or "numbered" or "set" or "all" or "hints")));

    /// <summary>Whether a heading stands between a thread's question and its answers: "2 Answers", "Replies", "Best answer".</summary>
    /// <param name="heading">The heading's text.</param>
    public static bool CountsAnswers(string heading)
    {
        if (heading.Length > 40)
        {
            return false;
        }

        var words = Plain(heading).Split(' ');
        return words.Length <= 3 && words[^1] is "answer" or "answers" or "reply" or "replies" or "response" or "responses" or "comments" or "solution" or "solutions";
    }

    /// <summary>Whether a heading announces exercises and says nothing else: "Exercises", "Review Questions", "Practice problems 2".</summary>
    private static bool IsBare(string name) => name.Split(' ').All(word => char.IsDigit(word[0]) || word is "the" or "and" or "for" or "more" or "section" or "chapter" or "end" or "of" or "your" or "set" or "self" || Announcing.Any(a => a.Split(' ').Any(part => word.StartsWith(part, StringComparison.Ordinal))));

    /// <summary>The number that a block bears: that of its list item, or the one that its text starts with ("7.", "7)", "(7)", "Exercise 7.", "1.7"); -1 for none.</summary>
    private static Enumerator Number(PairScan scan, int index, bool isKey)
    {
        var none = new Enumerator(-1, -1, 0, ' ');
        var nodes = scan.Tree.Nodes;
        ref readonly var node = ref nodes[index];
        if (node.Kind == MarkupKind.Item && nodes[node.Parent].Kind == MarkupKind.OrderedList && nodes[node.Parent].Level == 0)
        {
            return new Enumerator(-1, node.Number >= 0 ? node.Number : Ordinal(scan, index), 0, '.');
        }

        if (node.Kind is not (MarkupKind.Paragraph or MarkupKind.Container or MarkupKind.Cell or MarkupKind.Item or MarkupKind.Description or MarkupKind.Heading) && node.Role != MarkupRole.Exercise)
        {
            return none;
        }

        if (node.Kind == MarkupKind.Container && node.Role == MarkupRole.None && !StartsWithText(scan, index))
        {
            return none;
        }

        var head = scan.Head(index).AsSpan().TrimStart("*_ ");
        var label = BlockLabel.Of(head);
        if (label.Number >= 0 && (label.Kind == LabelKind.Question || (isKey && label.Kind == LabelKind.Answer)))
        {
            return new Enumerator(label.Major, label.Number, label.Length, '.');
        }

        // A heading is numbered like an exercise only by such a label: "2. Newts" is a chapter.
        return node.Kind == MarkupKind.Heading ? none : Enumerator.Of(head, index + 1 < nodes.Length && nodes[index + 1].Syntax == TextSyntax.Plain && nodes[index + 1].Kind == MarkupKind.Text);
    }

    private static bool StartsWithText(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = index + 1; i < nodes[index].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Text && !scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                return true;
            }

            if (nodes[i].Kind is not (MarkupKind.Text or MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Inline or MarkupKind.Link))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The number at the start of a text: digits, perhaps behind a bracket or the chapter's number, and a point, bracket or colon behind them; -1 for none.</summary>
    public static int Leading(ReadOnlySpan<char> text, out int length)
    {
        var number = Enumerator.Of(text);
        length = number.Length;
        return number.Number;
    }

    /// <summary>Text without the number in front, where it is that number.</summary>
    private static string Bare(string text, int number)
    {
        var trimmed = text.AsSpan().TrimStart("*_ \n");
        var enumerator = Enumerator.Of(trimmed, isBare: true);
        return enumerator.Number == number && number >= 0 ? trimmed[enumerator.Length..].TrimStart().ToString() : text;
    }

    /// <summary>Number of an item by its place in the list, the list's <c>start</c> and the items' <c>value</c> included.</summary>
    private static int Ordinal(PairScan scan, int item)
    {
        var nodes = scan.Tree.Nodes;
        var list = nodes[item].Parent;
        if (scan.Ordinals.TryGetValue(item, out var known))
        {
            return known;
        }

        // All items of the list at once, so that a long list stays linear.
        var number = nodes[list].Number >= 0 ? nodes[list].Number : Attribute(scan, list, "start") ?? 1;
        for (var i = list + 1; i < nodes[list].Next; i = nodes[i].Next)
        {
            if (nodes[i].Kind == MarkupKind.Item)
            {
                number = Attribute(scan, i, "value") ?? number;
                scan.Ordinals[i] = number++;
            }
        }

        return scan.Ordinals.GetValueOrDefault(item, -1);
    }

    private static int? Attribute(PairScan scan, int index, string name)
    {
        var node = scan.Tree.Nodes[index];
        var tag = scan.Tree.Source.AsSpan(node.Start, Math.Min(200, node.ContentStart - node.Start));
        if (!tag.StartsWith("<"))
        {
            return null;
        }

        var at = tag.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 1 || !char.IsWhiteSpace(tag[at - 1]))
        {
            return null;
        }

        var value = tag[(at + name.Length + 1)..].TrimStart("\"'");
        var digits = 0;
        while (digits < value.Length && char.IsAsciiDigit(value[digits]))
        {
            digits++;
        }

        return digits is > 0 and < 6 ? int.Parse(value[..digits], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>End of what belongs to a numbered block that is no item: up to the next number, heading or label beside it.</summary>
    private static int Beneath(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var holder = nodes[index].Parent;
        var i = nodes[index].Next;
        if (nodes[index].Kind == MarkupKind.Item)
        {
            // The last item of a list of Markdown or text goes on behind it where its paragraphs are not indented: "1. First, ..." and, below, "So it is 7."
            if (holder == 0 || nodes[index].Next < nodes[holder].Next || scan.Tree.Source.AsSpan(nodes[holder].Start, 1) is "<" or "\\")
            {
                return i;
            }

            holder = nodes[holder].Parent;
        }

        var end = nodes[holder].Next;
        for (var blocks = 0; i < end && blocks < MostBlocks; i = nodes[i].Next)
        {
            if (scan.IsClaimed(i) || QuestionHeadings.Level(scan, i) > 0 || nodes[i].Kind is MarkupKind.Rule or MarkupKind.Ignored || nodes[i].Role != MarkupRole.None || KeyLines.Read(scan, i, false).Count > 0 || Number(scan, i, true).Number >= 0 || SharedStem.IsStem(scan.Tree.Source.AsSpan(nodes[i].ContentStart, nodes[i].ContentEnd - nodes[i].ContentStart)))
            {
                break;
            }

            // A numbered list is another run of exercises; lettered parts and text belong to this one.
            if (nodes[i].Kind == MarkupKind.OrderedList && nodes[i].Level == 0)
            {
                break;
            }

            blocks += nodes[i].Kind is MarkupKind.Text or MarkupKind.Break ? 0 : 1;
        }

        return i;
    }

    /// <summary>Whether nodes ask something: a question mark, a blank to be filled, or an order at the start of a sentence.</summary>
    public static bool Asks(PairScan scan, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        var text = scan.Tree.Source.AsSpan(nodes[from].Start, Math.Min(4000, nodes[to - 1].End - nodes[from].Start));
        if (text.Contains('?') || text.Contains("___", StringComparison.Ordinal))
        {
            return true;
        }

        return Orders(text);
    }

    /// <summary>Whether a sentence gives an order: "Find the diagonal."</summary>
    public static bool Orders(ReadOnlySpan<char> text)
    {
        var start = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (start && char.IsUpper(text[i]))
            {
                var length = 1;
                while (i + length < text.Length && char.IsLetter(text[i + length]))
                {
                    length++;
                }

                if (length < 14 && Verbs.Contains(text.Slice(i, length).ToString()))
                {
                    return true;
                }

                i += length - 1;
                start = false;
            }
            else if (char.IsLetter(text[i]))
            {
                start = false;
            }
            else if (text[i] is '.' or '>' or ')' or '*' or ':' or ',')
            {
                start = true;
            }
        }

        return false;
    }

    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "Add", "Analyze", "Answer", "Approximate", "Arrange", "Assume", "Calculate", "Change", "Choose", "Classify", "Combine", "Compare", "Complete", "Compute", "Consider", "Construct", "Convert", "Count", "Define", "Derive",
        "Describe", "Design", "Determine", "Differentiate", "Discuss", "Divide", "Draw", "Estimate", "Evaluate", "Examine", "Expand", "Explain", "Express", "Factor", "Fill", "Find", "Form", "Give", "Graph", "Identify",
        "Illustrate", "Implement", "Integrate", "Interpret", "Justify", "Label", "Let", "List", "Locate", "Make", "Match", "Measure", "Modify", "Multiply", "Name", "Order", "Outline", "Plot", "Predict", "Prove", "Put",
        "Rank", "Read", "Reduce", "Rewrite", "Round", "Select", "Show", "Simplify", "Sketch", "Solve", "Sort", "State", "Subtract", "Suggest", "Sum", "Summarize", "Suppose", "Translate", "True", "Use", "Verify", "Work", "Write",
    };

    private readonly record struct Entry(int Number, int From, int To, (int From, int To) Stem, KeyLine? Line = null);

    /// <summary>Numbered blocks whose numbers rise, under one heading.</summary>
    private sealed class Run(string heading, string topic, int key, int at, int major, bool isMarked)
    {
        /// <summary>The section's heading.</summary>
        public string Heading => heading;

        /// <summary>What the nearest heading is about.</summary>
        public string Topic => topic;

        /// <summary>What stands before the point in all its numbers, -1 for nothing.</summary>
        public int Major => major;

        /// <summary>How many keys have begun before it; for the answers of a key, its own number.</summary>
        public int Key => key;

        public int At => at;

        public bool IsMarked => isMarked;

        public List<Entry> Entries { get; } = [];

        public int Asked { get; set; }
    }
}
