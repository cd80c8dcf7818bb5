using Caudata.Numerics;

namespace Caudata.Corpora.World;

/// <summary>All sources of a world and which subjects they are about.</summary>
internal sealed class SiteMap
{
    private static readonly string[] Sections = ["Home", "About", "Contact", "Courses", "Library", "News", "Archive", "Shop", "Donate", "Help", "Login", "Topics", "Glossary", "Authors", "Events", "Newsletter", "Jobs", "Imprint", "Forum", "Search"];

    private readonly int[][] _homes;
    private readonly int[] _general;

    public SiteMap(CorpusWorldOptions options)
    {
        int subjects = Library.Subjects.Length;
        Sites = new Site[options.Sites];
        var homes = new List<int>[subjects];
        var general = new List<int>();
        for (int s = 0; s < subjects; s++)
        {
            homes[s] = [];
        }

        for (int i = 0; i < Sites.Length; i++)
        {
            var pen = new Pen(options.Seed, new RandomStream(options.Seed, "world-site", (ulong)i), 1);
            Sites[i] = Make(pen);
            if (i % 5 == 4)
            {
                general.Add(i);
                continue;
            }

            homes[(i - (i / 5)) % subjects].Add(i);
            if (pen.Chance(0.4))
            {
                int second = pen.Index(subjects);
                if (!homes[second].Contains(i))
                {
                    homes[second].Add(i);
                }
            }
        }

        _homes = Array.ConvertAll(homes, static list => list.ToArray());
        _general = [.. general];
    }

    public Site[] Sites { get; }

    /// <summary>Draws the site of a document about a subject: 3 in 4 come from sites about it, the first of them most often.</summary>
    public int Draw(Pen pen, int subject)
    {
        int[] homes = _homes[subject];
        if (homes.Length == 0 || (_general.Length > 0 && pen.Chance(0.25)))
        {
            return _general.Length == 0 ? pen.Index(Sites.Length) : _general[pen.Index(_general.Length)];
        }

        return homes[Math.Min(pen.Index(homes.Length), pen.Index(homes.Length))];
    }

    private static Site Make(Pen pen)
    {
        double u = pen.Uniform();
        (DocumentFormat format, bool pretext) = u switch
        {
            < 0.5 => (DocumentFormat.Html, false),
            < 0.68 => (DocumentFormat.Markdown, false),
            < 0.8 => (DocumentFormat.Latex, false),
            < 0.85 => (DocumentFormat.Cnxml, false),
            < 0.88 => (DocumentFormat.Cnxml, true),
            _ => (DocumentFormat.Text, false),
        };
        Convention exercises = format switch
        {
            DocumentFormat.Cnxml => pen.Chance(0.7) ? Convention.Elements : Convention.AnswerKey,
            DocumentFormat.Text => pen.Pick<Convention>([Convention.BoldLabels, Convention.BoldLabels, Convention.AnswerKey, Convention.QaLines]),
            DocumentFormat.Latex => pen.Pick<Convention>([Convention.Elements, Convention.Elements, Convention.BoldLabels, Convention.AnswerKey, Convention.Exam]),
            _ => pen.Pick<Convention>([Convention.Elements, Convention.ProblemSolution, Convention.BoldLabels, Convention.Details, Convention.AnswerKey, Convention.BoldLabels, Convention.QaLines]),
        };
        Convention questions = format switch
        {
            DocumentFormat.Cnxml => Convention.Elements,
            DocumentFormat.Latex => pen.Pick<Convention>([Convention.QuestionHeading, Convention.DefinitionList, Convention.QaLines]),
            DocumentFormat.Text => pen.Pick<Convention>([Convention.QaLines, Convention.QuestionHeading, Convention.Exam]),
            DocumentFormat.Markdown => pen.Pick<Convention>([Convention.QuestionHeading, Convention.QaLines, Convention.Details, Convention.Exam]),
            _ => pen.Pick<Convention>([Convention.QuestionHeading, Convention.Details, Convention.QaLines, Convention.DefinitionList, Convention.Exam]),
        };
        List<string> sections = [.. Sections];
        pen.Shuffle(sections);
        string name = pen.Fragment(Phrase.Of("{<town>|<surname>|<river>|<animal>}-{tutor|notes|lab|library|school|academy|answers|wiki|desk|press|letters|help|courses|commons}"));
        string host = name.ToLowerInvariant().Replace(' ', '-') + ".example";
        string title = pen.Say(Phrase.Of("{The |}{<town>|<surname>} {Tutor|Notes|Laboratory|Open Library|School|Academy|Answers|Review|Desk|Press|Letters}"));
        return new Site
        {
            Name = host,
            Title = title,
            Format = format,
            PreTeXt = pretext,
            Look = pen.Index(6),
            Exercises = exercises,
            Questions = questions,
            Reasoning = pen.Index(5),
            Unanswered = pen.Chance(0.25) ? 0.3 : 0.03,
            Noun = pen.Pick<string>(["Exercise", "Problem", "Exercise", "Problem", "Task", "Example"]),
            AnswerNoun = pen.Pick<string>(["Solution", "Solution", "Answer", "Worked solution"]),
            Navigation = [.. sections[..pen.Int(4, 9)]],
            Footer =
            [
                pen.Say(Phrase.Of("{©|Copyright} <year=1998..2024> {<person> <surname>|the editors|the authors|friends of the <place> in <town>}. {All rights reserved.|Reuse with attribution.|Printed copies on request.}")),
                pen.Say(Phrase.Of("{Contact|Write to} the {office|editors|webmaster} in <town>{, phone <n=1000..9999>|}. {Page|File} last {changed|updated} in <month> <year=2001..2024>.")),
                pen.Say(Phrase.Of("{We use cookies|This site stores cookies} {to count visits|to remember your settings|so that the shop works}. {Read our notice|You may refuse them|Change this at any time}.")),
                pen.Say(Phrase.Of("<person> <surname>")),
            ],
        };
    }
}
