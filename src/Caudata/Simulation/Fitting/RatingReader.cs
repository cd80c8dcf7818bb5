using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>Which columns of a ratings table hold what; null means: found by name.</summary>
/// <param name="User">The user.</param>
/// <param name="Item">The item.</param>
/// <param name="Rating">The rating.</param>
/// <param name="Time">When it was given; of several ratings for one pair the latest stands.</param>
public sealed record RatingColumns(string? User = null, string? Item = null, string? Rating = null, string? Time = null);

/// <summary>What was read, and what was not.</summary>
/// <param name="Table">The ratings.</param>
/// <param name="Rows">Rows met, with the rejected ones.</param>
/// <param name="Rejected">Every row that was dropped, with its reason.</param>
/// <param name="Columns">The columns that were read.</param>
public sealed record ReadRatings(RatingTable Table, long Rows, ImmutableArray<Rejection> Rejected, RatingColumns Columns);

/// <summary>Reads ratings and item tags from tables: CSV, TSV (also .gz), JSON lines, Parquet.</summary>
/// <remarks>
/// Reasons for which a row is dropped: <c>no-user</c>, <c>no-item</c>, <c>no-rating</c>, <c>not-a-number</c> (also NaN and infinities), <c>duplicate</c> (an older rating of the same pair), for tags also <c>no-tag</c>,
/// <c>unknown-item</c> and <c>not-a-count</c>, and what the reader of the file says of lines that are no rows.
/// </remarks>
public static class RatingReader
{
    private static readonly string[] UserNames = ["user", "userid", "uid", "reader", "readerid", "customer", "customerid", "reviewer", "reviewerid", "account", "profile"];
    private static readonly string[] ItemNames = ["item", "itemid", "iid", "movie", "movieid", "book", "bookid", "product", "productid", "isbn", "asin", "track", "trackid", "song", "songid", "artist", "artistid", "business", "businessid", "place", "placeid", "video", "videoid", "anime", "animeid", "title"];
    private static readonly string[] RatingNames = ["rating", "ratings", "score", "stars", "star", "value", "overall", "vote"];
    private static readonly string[] TimeNames = ["timestamp", "time", "date", "datetime", "unixreviewtime", "ts"];
    private static readonly string[] TagNames = ["tag", "tagid", "tagname", "genre", "category", "label"];
    private static readonly string[] CountNames = ["count", "tagcount", "n", "weight", "uses"];

    /// <summary>Reads ratings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">It cannot be read, a column is not found, or no row is left.</exception>
    public static ReadRatings Read(string path, RatingColumns columns, CancellationToken cancellationToken = default)
    {
        using TextTable file = TextTable.Open(path);
        List<string> wrong = [];
        int user = Find(file, columns.User, UserNames, "users", "--user-column", wrong), item = Find(file, columns.Item, ItemNames, "items", "--item-column", wrong),
            rating = Find(file, columns.Rating, RatingNames, "ratings", "--rating-column", wrong), time = Find(file, columns.Time, TimeNames, "times", "--time-column", columns.Time is null ? null : wrong);
        if (wrong.Count > 0)
        {
            throw new InputException(string.Join(' ', wrong.Select(w => $"{path}: {w}")));
        }

        Dictionary<string, int> users = new(StringComparer.Ordinal), items = new(StringComparer.Ordinal);
        List<(int User, int Item, double Rating, string? Time, long Row)> rows = [];
        var rejected = ImmutableArray.CreateBuilder<Rejection>();
        long row = 0;
        foreach (string?[] values in file.Rows([user, item, rating, .. time < 0 ? Array.Empty<int>() : [time]]))
        {
            row++;
            if ((row & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            (string? u, string? i, string? text) = (Clean(values[0]), Clean(values[1]), Clean(values[2]));
            string? reason = u is null ? "no-user" : i is null ? "no-item" : text is null ? "no-rating" : null;
            if (reason is null && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && Add(number)))
            {
                reason = "not-a-number";
            }

            if (reason is not null)
            {
                rejected.Add(new Rejection("read", reason, $"{path} row {row}", Shown(string.Join(" | ", values.Select(v => v ?? "")))));
            }

            bool Add(double number)
            {
                rows.Add((Number(users, u!), Number(items, i!), number, values.Length > 3 ? values[3] : null, row));
                return true;
            }
        }

        rejected.AddRange(file.Unreadable.Select(u => new Rejection("read", u.Reason, $"{path} {u.Where}", Shown(u.Text))));
        row += file.Unreadable.Length;
        (int User, int Item, double Rating)[] kept = [.. Latest(rows, path, rejected)];
        if (kept.Length == 0)
        {
            throw new InputException($"{path} has no usable row: {row} were read{(rejected.Count > 0 ? $", and dropped for {string.Join(", ", rejected.CountBy(r => r.Reason).Select(r => $"{r.Key} ({r.Value})"))}" : "")}. Expected rows with user, item and a number as rating.");
        }

        string? Name(int column) => column < 0 ? null : file.Columns[column];
        return new ReadRatings(RatingTable.Of([.. users.Keys], [.. items.Keys], kept), row, rejected.ToImmutable(), new RatingColumns(Name(user), Name(item), Name(rating), Name(time)));
    }

    /// <summary>Reads the tags of the items of a ratings table.</summary>
    /// <param name="path">The file: item, tag and perhaps a count.</param>
    /// <param name="table">The ratings; rows of other items are dropped as <c>unknown-item</c>.</param>
    /// <param name="itemColumn">The item, or null to find it by name.</param>
    /// <param name="tagColumn">The tag, or null to find it by name.</param>
    /// <param name="countColumn">How often it was given, or null to find it by name; 1 where there is none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">It cannot be read, or a column is not found.</exception>
    public static ItemTags ReadTags(string path, RatingTable table, string? itemColumn = null, string? tagColumn = null, string? countColumn = null, CancellationToken cancellationToken = default)
    {
        using TextTable file = TextTable.Open(path);
        List<string> wrong = [];
        int item = Find(file, itemColumn, ItemNames, "items", "--tag-item-column", wrong), tag = Find(file, tagColumn, TagNames, "tags", "--tag-column", wrong),
            count = Find(file, countColumn, CountNames, "counts", "--tag-count-column", countColumn is null ? null : wrong);
        if (wrong.Count > 0)
        {
            throw new InputException(string.Join(' ', wrong.Select(w => $"{path}: {w}")));
        }

        Dictionary<string, int> items = table.Items.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal), tags = new(StringComparer.Ordinal);
        Dictionary<(int Item, int Tag), double> counts = [];
        var rejected = ImmutableArray.CreateBuilder<Rejection>();
        long row = 0;
        foreach (string?[] values in file.Rows([item, tag, .. count < 0 ? Array.Empty<int>() : [count]]))
        {
            row++;
            if ((row & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            double number = 1;
            (string? i, string? t) = (Clean(values[0]), Clean(values[1]));
            int known = -1;
            string? reason = i is null ? "no-item" : t is null ? "no-tag" : !items.TryGetValue(i, out known) ? "unknown-item"
                : count >= 0 && !(double.TryParse(values[2], NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number > 0 && double.IsFinite(number)) ? "not-a-count" : null;
            if (reason is null)
            {
                (int, int) key = (known, Number(tags, t!));
                counts[key] = counts.GetValueOrDefault(key) + number;
            }
            else
            {
                rejected.Add(new Rejection("tags", reason, $"{path} row {row}", Shown(string.Join(" | ", values.Select(v => v ?? "")))));
            }
        }

        rejected.AddRange(file.Unreadable.Select(u => new Rejection("tags", u.Reason, $"{path} {u.Where}", Shown(u.Text))));
        return ItemTags.Of(table.Items.Length, [.. tags.Keys], counts.Select(c => (c.Key.Item, c.Key.Tag, c.Value)), row + file.Unreadable.Length, rejected.ToImmutable());
    }

    // Of one pair the latest by time stands, and of those the last by row. Times that are numbers are compared as numbers.
    private static IEnumerable<(int, int, double)> Latest(List<(int User, int Item, double Rating, string? Time, long Row)> rows, string path, ImmutableArray<Rejection>.Builder rejected)
    {
        Dictionary<(int, int), int> last = [];
        for (int n = 0; n < rows.Count; n++)
        {
            (int, int) key = (rows[n].User, rows[n].Item);
            int older = n;
            if (!last.TryGetValue(key, out int before))
            {
                last[key] = n;
                continue;
            }

            if (Compare(rows[n].Time, rows[before].Time) >= 0)
            {
                last[key] = n;
                older = before;
            }

            rejected.Add(new Rejection("read", "duplicate", $"{path} row {rows[older].Row}", $"the rating of row {rows[last[key]].Row} for the same user and item stands"));
        }

        return last.Values.Order().Select(n => (rows[n].User, rows[n].Item, rows[n].Rating));
    }

    private static int Compare(string? a, string? b) =>
        double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out double y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private static int Find(TextTable file, string? given, string[] known, string what, string option, List<string>? wrong)
    {
        int at = given is not null ? file.Columns.IndexOf(given) : known.Select(name => file.Columns.ToList().FindIndex(c => Plain(c) == name)).FirstOrDefault(c => c >= 0, -1);
        if (at < 0)
        {
            wrong?.Add($"no column of {what} {(given is null ? "is known by its name" : $"is called '{given}'")}; found {string.Join(", ", file.Columns.Take(20))}. Name it with {option}.");
        }

        return at;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string? Clean(string? text) => text?.Trim() is { Length: > 0 } clean ? clean : null;

    private static int Number(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number))
        {
            number = numbers.Count;
            numbers.Add(name, number);
        }

        return number;
    }

    private static string Shown(string text) => text.Length <= 200 ? text : text[..200];
}
