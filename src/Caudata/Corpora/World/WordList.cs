namespace Caudata.Corpora.World;

/// <summary>A named list of words with their plurals and capitalised forms, from which phrases draw.</summary>
/// <remarks>
/// Written as <c>apple, pear, knife/knives</c> (regular plurals are formed), or as a product of parts <c>Kel Mar * by ford</c>,
/// which stands for Kelby, Kelford, Marby, Marford; a comma-separated list may hold both.
/// </remarks>
internal sealed class WordList
{
    private static readonly Dictionary<string, WordList> Lists = new(StringComparer.Ordinal);

    private WordList(string name, string[] words, string[] plurals)
    {
        Name = name;
        Words = words;
        Plurals = plurals;
        Capitalised = Array.ConvertAll(words, Capitalise);
        WithArticle = Array.ConvertAll(words, Article);
        PluralsCapitalised = Array.ConvertAll(plurals, Capitalise);
    }

    public string Name { get; }

    public string[] Words { get; }

    public string[] Plurals { get; }

    public string[] Capitalised { get; }

    public string[] PluralsCapitalised { get; }

    public string[] WithArticle { get; }

    /// <summary>Adds a list; called once for each while the subjects are set up.</summary>
    public static void Register(string name, string source)
    {
        var words = new List<string>();
        var plurals = new List<string>();
        foreach (string entry in source.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int star = entry.IndexOf(" * ", StringComparison.Ordinal);
            if (star >= 0)
            {
                foreach (string head in entry[..star].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    foreach (string tail in entry[(star + 3)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    {
                        words.Add(head + tail);
                        plurals.Add(Plural(head + tail));
                    }
                }
            }
            else
            {
                int slash = entry.IndexOf('/', StringComparison.Ordinal);
                words.Add(slash < 0 ? entry : entry[..slash]);
                plurals.Add(slash < 0 ? Plural(entry) : entry[(slash + 1)..]);
            }
        }

        if (words.Count == 0 || !Lists.TryAdd(name, new WordList(name, [.. words], [.. plurals])))
        {
            throw new InvalidOperationException($"Word list '{name}' is empty or defined twice.");
        }
    }

    public static WordList? Find(string name) => Lists.GetValueOrDefault(name);

    public static string Capitalise(string text) => text.Length == 0 || !char.IsAsciiLetterLower(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Article(string text) => (text.Length > 0 && "aeiouAEIOU".Contains(text[0]) && !text.StartsWith("uni", StringComparison.Ordinal) && !text.StartsWith("us", StringComparison.Ordinal) && !text.StartsWith("uri", StringComparison.Ordinal) && !text.StartsWith("eu", StringComparison.Ordinal) && !text.StartsWith("one", StringComparison.Ordinal) ? "an " : "a ") + text;

    private static string Plural(string word)
    {
        if (word.EndsWith('y') && word.Length > 1 && !"aeiou".Contains(word[^2]))
        {
            return word[..^1] + "ies";
        }

        bool hiss = word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);
        return hiss ? word + "es" : word + "s";
    }
}
