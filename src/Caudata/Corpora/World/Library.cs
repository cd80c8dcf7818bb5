using Caudata.Corpora.World.Subjects;

namespace Caudata.Corpora.World;

/// <summary>All subjects, with their word lists registered before any grammar is compiled.</summary>
internal static class Library
{
    private static readonly (string Lore, Func<Subject> Create)[] Sources =
    [
        (WordProblems.Lore, WordProblems.Create),
        (Programming.Lore, Programming.Create),
        (Medicine.Lore, Medicine.Create),
        (Geography.Lore, Geography.Create),
        (Algebra.Lore, Algebra.Create),
        (Geometry.Lore, Geometry.Create),
        (Probability.Lore, Probability.Create),
        (Physics.Lore, Physics.Create),
        (Chemistry.Lore, Chemistry.Create),
        (Databases.Lore, Databases.Create),
        (Economics.Lore, Economics.Create),
        (Law.Lore, Law.Create),
        (History.Lore, History.Create),
        (Cooking.Lore, Cooking.Create),
        (Astronomy.Lore, Astronomy.Create),
        (Biology.Lore, Biology.Create),
        (Grammar.Lore, Grammar.Create),
    ];

    public static Subject[] Subjects { get; } = Load();

    /// <summary>Sentences that fit any subject.</summary>
    public static Subject Any { get; } = Subject.Parse("any", 0, Shared.Lore);

    public static int IndexOf(string name) => Array.FindIndex(Subjects, subject => subject.Name == name);

    private static Subject[] Load()
    {
        foreach (string lore in Sources.Select(static source => source.Lore).Prepend(Shared.Lists))
        {
            foreach ((string name, string words) in Subject.Lists(lore))
            {
                WordList.Register(name, words);
            }
        }

        return Array.ConvertAll(Sources, static source => source.Create());
    }
}
