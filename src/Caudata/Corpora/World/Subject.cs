namespace Caudata.Corpora.World;

/// <summary>A subject: its lexicon, its sentence grammars, its questions with answers, and its computed exercises.</summary>
/// <remarks>
/// The lore is text, one entry a line: <c>= list: words</c>, <c>t</c> title, <c>h</c> heading, <c>s</c> sentence, <c>q</c> question with the
/// <c>a</c> lines (one of which is taken) below it, <c>d</c> term <c>::</c> meaning. A line that starts with a blank continues the one before.
/// </remarks>
internal sealed class Subject
{
    private Subject(string name, double share, Func<Pen, int, Item>[] exercises, string[] titles, string[] headings, string[] sentences, Faq[] questions, Term[] definitions)
    {
        Name = name;
        Share = share;
        Exercises = exercises;
        Titles = Compile(titles);
        Headings = Compile(headings);
        Sentences = Compile(sentences);
        Questions = questions;
        Definitions = definitions;
    }

    public string Name { get; }

    /// <summary>Default share of the documents, before normalising.</summary>
    public double Share { get; }

    /// <summary>Computed exercises; the number is the style of reasoning, see <see cref="Working"/>.</summary>
    public Func<Pen, int, Item>[] Exercises { get; }

    public Phrase[] Titles { get; }

    public Phrase[] Headings { get; }

    public Phrase[] Sentences { get; }

    public Faq[] Questions { get; }

    public Term[] Definitions { get; }

    public static IEnumerable<(string Name, string Words)> Lists(string lore) =>
        Lines(lore).Where(static line => line.StartsWith("= ", StringComparison.Ordinal)).Select(static line =>
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            return (line[2..colon].Trim(), line[(colon + 1)..]);
        });

    public static Subject Parse(string name, double share, string lore, params Func<Pen, int, Item>[] exercises)
    {
        List<string> titles = [], headings = [], sentences = [], answers = [];
        List<Faq> questions = [];
        List<Term> definitions = [];
        string? question = null;
        foreach (string line in Lines(lore))
        {
            string text = line[2..].Trim();
            if (line[0] != 'a')
            {
                Ask();
            }

            switch (line[0])
            {
                case '=':
                    break;
                case 't':
                    titles.Add(text);
                    break;
                case 'h':
                    headings.Add(text);
                    break;
                case 's':
                    sentences.Add(text);
                    break;
                case 'q':
                    question = text;
                    break;
                case 'a':
                    answers.Add(text);
                    break;
                case 'd':
                    string[] parts = text.Split("::", StringSplitOptions.TrimEntries);
                    definitions.Add(new Term(Phrase.Of(parts[0]), Phrase.Of(parts[1])));
                    break;
                default:
                    throw new FormatException($"Lore of {name}: unknown line '{line}'.");
            }
        }

        Ask();
        return new Subject(name, share, exercises, [.. titles], [.. headings], [.. sentences], [.. questions], [.. definitions]);

        void Ask()
        {
            if (question is not null)
            {
                questions.Add(new Faq(Phrase.Of(question), Compile([.. answers])));
                question = null;
                answers.Clear();
            }
        }
    }

    /// <summary>A computed exercise, or a question where the subject has none.</summary>
    public Item Exercise(Pen pen, int reasoning)
    {
        if (Exercises.Length == 0)
        {
            return Question(pen);
        }

        pen.Forget();
        return pen.Pick<Func<Pen, int, Item>>(Exercises)(pen, reasoning);
    }

    /// <summary>A question of the lore with its answer.</summary>
    public Item Question(Pen pen)
    {
        int index = pen.Index(Questions.Length);
        Faq faq = Questions[index];
        pen.Forget();
        string question = pen.Say(faq.Question);
        return new Item
        {
            Question = [question],
            Answer = [pen.Say(pen.Pick<Phrase>(faq.Answers))],
            Family = Name + "/question-" + Name2(index),
        };
    }

    public Item Definition(Pen pen, int index)
    {
        Term term = Definitions[index];
        pen.Forget();
        string word = pen.Fragment(term.Word);
        return new Item { Question = [word], Answer = [pen.Fragment(term.Meaning)], Family = Name + "/definition", IsDefinition = true };
    }

    /// <summary>A paragraph of several sentences.</summary>
    public string Paragraph(Pen pen, int sentences)
    {
        pen.Forget();
        var text = new System.Text.StringBuilder();
        int last = -1;
        for (int i = 0; i < sentences; i++)
        {
            int next = pen.Index(Sentences.Length);
            if (next == last)
            {
                next = (next + 1) % Sentences.Length;
            }

            text.Append(i > 0 ? " " : "").Append(pen.Say(Sentences[next]));
            last = next;
        }

        return text.ToString();
    }

    private static string Name2(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Phrase[] Compile(string[] texts) => Array.ConvertAll(texts, Phrase.Of);

    private static List<string> Lines(string lore)
    {
        var lines = new List<string>();
        foreach (string raw in lore.Split('\n'))
        {
            string line = raw.TrimEnd();
            if (line.Length == 0)
            {
                continue;
            }

            if (line[0] == ' ')
            {
                lines[^1] += " " + line.Trim();
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    internal sealed record Faq(Phrase Question, Phrase[] Answers);

    internal sealed record Term(Phrase Word, Phrase Meaning);
}
