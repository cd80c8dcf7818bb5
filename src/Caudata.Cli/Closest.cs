namespace Caudata.Cli;

/// <summary>Finds what was probably meant by a word that is not known.</summary>
internal static class Closest
{
    /// <summary>" Did you mean 'x'?", or nothing when no known word is near.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The known ones.</param>
    public static string Suggest(string word, IEnumerable<string> known) =>
        word.Length is > 0 and <= 60 && known.Select(other => (Word: other, Distance: Distance(word.ToLowerInvariant(), other.ToLowerInvariant()))).OrderBy(pair => pair.Distance).FirstOrDefault() is { Word: not null } nearest
            && nearest.Distance <= Math.Max(1, word.Length / 3) ? $" Did you mean '{nearest.Word}'?" : "";

    // Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                steps[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[a.Length, b.Length];
    }
}
