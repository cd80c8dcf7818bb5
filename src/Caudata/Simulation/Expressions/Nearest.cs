namespace Caudata.Simulation.Expressions;

/// <summary>Suggests a known name for an unknown one.</summary>
internal static class Nearest
{
    // Names beyond these are not compared: a mistake must cost little, however many names a file has.
    private const int MostCompared = 500, MostListed = 30, LongestListed = 60, MostEdits = 4;

    /// <summary>"expected one of …; did you mean …?"</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="known">The known ones.</param>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return "expected a name that is declared, and none is.";
        }

        int far = Math.Clamp(name.Length / 3, 1, MostEdits);
        (string? nearest, int distance) = name.Length > WorldLimits.Name ? (null, int.MaxValue)
            : names.Where(other => other.Length <= WorldLimits.Name && Math.Abs(other.Length - name.Length) <= far).Take(MostCompared).Select(other => ((string?)other, Distance(name, other, far))).DefaultIfEmpty((null, int.MaxValue)).MinBy(pair => pair.Item2);
        string list = string.Join(", ", names.Take(MostListed).Select(other => other.Length <= LongestListed ? other : other[..LongestListed] + "...")) + (names.Length > MostListed ? $" and {names.Length - MostListed} more" : "");
        return $"expected one of {list}.{(nearest is not null && distance <= far ? $" Did you mean '{nearest}'?" : "")}";
    }

    // Insertions, deletions and replacements that turn one word into the other; only as many as are asked about are counted, so that a comparison takes linear time.
    private static int Distance(string a, string b, int most)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int from = Math.Max(1, i - most), to = Math.Min(b.Length, i + most), diagonal = row[from - 1];
            row[from - 1] = from == 1 ? i : most + 1;
            for (int j = from; j <= to; j++)
            {
                int above = j == i + most ? most + 1 : row[j], changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(above, row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
