using System.Collections.Immutable;
using System.Globalization;
using Caudata.Numerics;

namespace Caudata.Corpora.World;

/// <summary>A generated corpus of which everything is known: documents in real markup, their true pairs and how relevant each is to a target.</summary>
/// <remarks>
/// <para>Document i is a pure function of the options and i (streams keyed by seed, purpose and i), so documents can be made in any order, on any
/// thread, and again after a restart. No third-party text is in it: grammars and words were written for it, and names of people, places, medicines
/// and countries are invented. Nothing in it is advice.</para>
/// <para>Subjects are skewed and targets rare; a source is about few subjects and keeps to one markup, with exceptions, so that groups of similar
/// documents tell something about their pairs but not all. Some documents are copies, hold orders to the reader's machine, ask without answering, need a
/// missing figure, share words with a target without asking anything, or hold very many pairs of little worth.</para>
/// <para>Thread-safe. Cost of a document: some tens of microseconds.</para>
/// </remarks>
public sealed class CorpusWorld
{
    /// <summary>Number of pairs in each part of a target.</summary>
    public const int TargetSize = 500;

    private readonly CorpusWorldOptions _options;
    private readonly SiteMap _sites;
    private readonly double[] _cumulative;

    /// <summary>A world by its options.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CorpusWorld(CorpusWorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _sites = new SiteMap(options);
        double total = 0;
        _cumulative = Array.ConvertAll(Library.Subjects, subject => total += options.Mix.GetValueOrDefault(subject.Name, subject.Share));
    }

    /// <summary>Names of the subjects.</summary>
    public static ImmutableArray<string> Subjects { get; } = [.. Library.Subjects.Select(static subject => subject.Name)];

    /// <summary>Names of the targets.</summary>
    public static ImmutableArray<string> Targets { get; } = [.. WorldRelevance.Targets.Where(static target => Library.IndexOf(target) >= 0)];

    /// <summary>Number of documents.</summary>
    public int Count => _options.Documents;

    /// <summary>The options that the world was made by.</summary>
    public CorpusWorldOptions Options => _options;

    /// <summary>Documents 0 to <see cref="Count"/> - 1, made one at a time.</summary>
    public IEnumerable<Document> Documents()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return Document(i);
        }
    }

    /// <summary>Document number <paramref name="index"/>; its label is its subject.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such document.</exception>
    public Document Document(int index)
    {
        Draft draft = Write(index);
        return new Document
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"world-{_options.Seed}-{index}"),
            Source = draft.Site.Name,
            Title = draft.Page.Title,
            Format = draft.Site.Format,
            Text = draft.Text,
            Label = draft.Subject.Name,
        };
    }

    /// <summary>What is true of document number <paramref name="index"/>.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such document.</exception>
    public WorldTruth Truth(int index)
    {
        Draft draft = Write(index);
        ImmutableArray<WorldPair>.Builder pairs = ImmutableArray.CreateBuilder<WorldPair>();
        ImmutableArray<WorldTrap>.Builder traps = ImmutableArray.CreateBuilder<WorldTrap>();
        foreach (Block block in draft.Page.Blocks)
        {
            switch (block)
            {
                case Block.Definitions definitions:
                    foreach (Item item in definitions.Items)
                    {
                        pairs.Add(Pair(item, draft.Subject.Name, "definition-list"));
                    }

                    break;
                case Block.Group group:
                    foreach (Item item in group.Items)
                    {
                        if (item.Unanswered || item.NeedsFigure)
                        {
                            traps.Add(new WorldTrap(item.Unanswered ? "no-answer" : "needs-figure", Item.Plain(item.Question)));
                        }
                        else
                        {
                            pairs.Add(Pair(item, draft.Subject.Name, ConventionName(draft.Site, group)));
                        }
                    }

                    break;
                case Block.Injection injection:
                    traps.Add(new WorldTrap("injection", injection.Text));
                    break;
            }
        }

        return new WorldTruth(draft.Subject.Name, draft.Site.Name, draft.Kind, pairs.ToImmutable(), traps.ToImmutable(), draft.Origin == index ? null : draft.Origin, draft.Exact, draft.Injected);
    }

    /// <summary>Question-answer pairs of a target: the same task as that subject's pairs, half of it in other words and with other ways to show the steps.</summary>
    /// <remarks>Drawn from other streams than the corpus, so few questions stand in both; where questions are short (medicine, molar masses) some do by chance, as on the web: decontaminate.</remarks>
    /// <param name="name">One of <see cref="Targets"/>.</param>
    /// <param name="part">Reference or held-out test; different streams, no pair in both.</param>
    /// <returns><see cref="TargetSize"/> different pairs, always the same for a seed, whatever the number of documents.</returns>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public IEnumerable<WorldPair> Target(string name, TargetPart part)
    {
        if (!Targets.Contains(name))
        {
            throw new ArgumentException($"There is no target '{name}'; known: {string.Join(", ", Targets)}.", nameof(name));
        }

        return TargetPairs(name, part);
    }

    private IEnumerable<WorldPair> TargetPairs(string name, TargetPart part)
    {
        Subject subject = Library.Subjects[Library.IndexOf(name)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (part == TargetPart.Test)
        {
            foreach (WorldPair pair in TargetPairs(name, TargetPart.Reference))
            {
                seen.Add(pair.Question);
            }
        }

        string stream = part == TargetPart.Test ? "world-test-" : "world-reference-";
        int given = 0;
        for (ulong i = 0; given < TargetSize; i++)
        {
            var pen = new Pen(_options.Seed, new RandomStream(_options.Seed, stream + name, i), 2);
            Item item = subject.Exercise(pen, 5);
            string question = Item.Plain(item.Question);
            if (seen.Add(question))
            {
                given++;
                yield return new WorldPair(question, Item.Plain(item.Answer), name, item.Family, item.Result, "", default, default);
            }
        }
    }

    private static WorldPair Pair(Item item, string subject, string convention) =>
        new(Item.Plain(item.Question), Item.Plain(item.Answer), subject, item.Family, item.Result, convention, item.QuestionSpan, item.AnswerSpan);

    private static string ConventionName(Site site, Block.Group group) => group.Convention switch
    {
        Convention.Elements or Convention.ProblemSolution when site.Format == DocumentFormat.Html => group.Convention == Convention.Elements ? "exercise-elements" : "problem-solution",
        _ when site.Format == DocumentFormat.Cnxml => group.Convention == Convention.AnswerKey ? "answer-key" : "exercise-elements",
        Convention.Elements or Convention.ProblemSolution when site.Format == DocumentFormat.Latex => group.Noun == "Question" ? "bold-labels" : "environments",
        Convention.Elements or Convention.ProblemSolution when site.Format == DocumentFormat.Markdown => "heading-solution",
        Convention.Exam when site.Format == DocumentFormat.Latex => group.Noun == "Question" ? "qa-lines" : "exam-class",
        Convention.Exam when site.Format == DocumentFormat.Markdown => "question-heading",
        Convention.Exam => "interview",
        Convention.Elements or Convention.ProblemSolution or Convention.BoldLabels => "bold-labels",
        Convention.Details when site.Format == DocumentFormat.Text => "bold-labels",
        Convention.Details when site.Format == DocumentFormat.Latex => "question-heading",
        Convention.Details => "details",
        Convention.AnswerKey => "answer-key",
        Convention.QuestionHeading => "question-heading",
        Convention.QaLines => "qa-lines",
        Convention.DefinitionList => "definition-list",
        _ => site.Format == DocumentFormat.Html ? "thread" : "question-heading",
    };

    private Draft Write(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        (int origin, bool exact) = Origin(index);
        var pen = new Pen(_options.Seed, new RandomStream(_options.Seed, "world-document", (ulong)origin), 1);
        double u = pen.Uniform() * _cumulative[^1];
        int subject = 0;
        while (subject < _cumulative.Length - 1 && _cumulative[subject] <= u)
        {
            subject++;
        }

        Site site = _sites.Sites[_sites.Draw(pen, subject)];
        WorldKind kind = Kind(pen, Library.Subjects[subject]);
        var builder = new PageBuilder(pen, Library.Subjects[subject], site, kind);
        Page page = builder.Build(_options.Injections, _options.Figures);
        if (origin != index && !exact)
        {
            pen = new Pen(_options.Seed, new RandomStream(_options.Seed, "world-edit", (ulong)index), 1);
            site = Edit(page, site, Library.Subjects[subject], pen);
        }

        PageWriter writer = site.Format switch
        {
            DocumentFormat.Html => new HtmlWriter(page, site, pen),
            DocumentFormat.Markdown => new MarkdownWriter(page, site, pen),
            DocumentFormat.Latex => new LatexWriter(page, site, pen),
            DocumentFormat.Cnxml => new XmlWriter(page, site, pen),
            _ => new PlainWriter(page, site, pen),
        };
        return new Draft(page, site, Library.Subjects[subject], kind, writer.Write(), origin, exact, builder.Injected);
    }

    /// <summary>The document that this one copies, or itself; originals are never copies.</summary>
    private (int Origin, bool Exact) Origin(int index)
    {
        var random = new RandomStream(_options.Seed, "world-copy", (ulong)index);
        double u = random.NextDouble(), copies = _options.ExactDuplicates + _options.NearDuplicates;
        if (index == 0 || u >= copies)
        {
            return (index, false);
        }

        int origin = random.NextInt32(index);
        while (origin > 0 && new RandomStream(_options.Seed, "world-copy", (ulong)origin).NextDouble() < copies)
        {
            origin--;
        }

        return (origin, u < _options.ExactDuplicates);
    }

    /// <summary>Edits as authors and mirrors make them: a paragraph less, a sentence more, another title, for half of them another frame around the text.</summary>
    private Site Edit(Page page, Site site, Subject subject, Pen pen)
    {
        Site other = _sites.Sites[pen.Index(_sites.Sites.Length)];
        List<int> paragraphs = [.. Enumerable.Range(0, page.Blocks.Count).Where(i => page.Blocks[i] is Block.Paragraph)];
        if (paragraphs.Count > 1 && pen.Chance(0.5))
        {
            int gone = pen.Pick<int>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(paragraphs));
            page.Blocks.RemoveAt(gone);
        }

        for (int i = 0; i < page.Blocks.Count; i++)
        {
            if (page.Blocks[i] is Block.Paragraph paragraph && pen.Chance(0.25))
            {
                page.Blocks[i] = new Block.Paragraph(paragraph.Text + " " + (pen.Chance(0.5) ? subject : Library.Any).Paragraph(pen, 1));
            }
        }

        if (pen.Chance(0.3))
        {
            page.Title += pen.SayOne(" (copy)", " - reprint", ", part <n=1..9>", " [mirror]", " (<month> edition)");
        }

        return pen.Chance(0.5) ? site : site with { Name = other.Name, Title = other.Title, Navigation = other.Navigation, Footer = other.Footer };
    }

    private static WorldKind Kind(Pen pen, Subject subject)
    {
        double u = pen.Uniform();
        return subject.Exercises.Length > 0
            ? u switch
            {
                < 0.34 => WorldKind.Lesson,
                < 0.52 => WorldKind.ExerciseSheet,
                < 0.62 => WorldKind.Faq,
                < 0.69 => WorldKind.Reference,
                < 0.79 => WorldKind.Thread,
                < 0.86 => WorldKind.Article,
                < 0.91 => WorldKind.Distractor,
                < 0.93 => WorldKind.VolumeTrap,
                < 0.97 => WorldKind.Unanswered,
                < 0.985 => WorldKind.News,
                _ => WorldKind.Navigation,
            }
            : u switch
            {
                < 0.34 => WorldKind.Faq,
                < 0.45 => WorldKind.Lesson,
                < 0.6 => WorldKind.Reference,
                < 0.7 => WorldKind.Thread,
                < 0.87 => WorldKind.Article,
                < 0.92 => WorldKind.News,
                < 0.94 => WorldKind.VolumeTrap,
                < 0.96 => WorldKind.Unanswered,
                _ => WorldKind.Navigation,
            };
    }

    private sealed record Draft(Page Page, Site Site, Subject Subject, WorldKind Kind, string Text, int Origin, bool Exact, bool Injected);
}
