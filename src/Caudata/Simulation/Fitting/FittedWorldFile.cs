using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>Writes fitted parameters as a world file with tables.</summary>
internal static class FittedWorldFile
{
    public static FittedWorld Of(RatingTable table, ItemTags? tags, string name, FitOptions options, RatingModel ratings, InterestModel interest, ExposureModel exposure, TagEffects? effects,
        (int Rank, ImmutableArray<RankTrial> Trials) taste, (int Rank, ImmutableArray<RankTrial> Trials) interests)
    {
        int users = ratings.Users.Units, items = ratings.Items.Units;
        bool isConstant = table.Levels.Length == 1;
        (int tasteRank, int interestRank) = (isConstant ? 0 : taste.Rank, interests.Rank);
        tags = tags is { Tags.Length: > 0 } ? tags : null;
        effects = isConstant || tags is null ? null : effects;
        var tables = ImmutableArray.CreateBuilder<FittedTable>();
        tables.Add(new FittedTable(name + "-users.parquet",
            [new("id", ColumnKind.Text), new("ratings", ColumnKind.Integer), new("activity", ColumnKind.Number), new("level", ColumnKind.Number), new("spread", ColumnKind.Number), .. Factors(tasteRank, interestRank)],
            [.. Enumerable.Range(0, users).Select(u => (object?[])
            [
                u < table.Users.Length ? table.Users[u] : null, (long)Degree(table.UserStarts, u), Round(exposure.Activity[u]), Round(ratings.Users.Effect(u)), Round(Math.Exp(ratings.UserLogSpread[u])),
                .. Numbers(ratings.Users.Row(u)[..tasteRank]), .. Numbers(interest.Users.Row(u)[..interestRank]),
            ])]));
        tables.Add(new FittedTable(name + "-items.parquet",
            [new("id", ColumnKind.Text), new("ratings", ColumnKind.Integer), new("popularity", ColumnKind.Number), new("quality", ColumnKind.Number), new("spread", ColumnKind.Number), .. Factors(tasteRank, interestRank), .. tags is null ? [] : (Column[])[new("tags", ColumnKind.Text)]],
            [.. Enumerable.Range(0, items).Select(i => (object?[])
            [
                i < table.Items.Length ? table.Items[i] : null, (long)Degree(table.ItemStarts, i), Round(exposure.Popularity[i]), Round(effects?.Rest[i] ?? ratings.Items.Effect(i)), Round(Math.Exp(ratings.ItemLogSpread[i])),
                .. Numbers(ratings.Items.Row(i)[..tasteRank]), .. Numbers(interest.Items.Row(i)[..interestRank]), .. tags is null ? [] : (object?[])[i < tags.OfItem.Length ? string.Join(',', tags.OfItem[i]) : ""],
            ])]));
        if (tags is not null)
        {
            tables.Add(new FittedTable(name + "-tags.parquet", [new("name", ColumnKind.Text), new("effect", ColumnKind.Number)], [.. tags.Tags.Select((tag, t) => (object?[])[tag, Round(effects?.Effects[t] ?? 0)])]));
        }

        FitSummary summary = new()
        {
            Data = (table.Count, table.Users.Length, table.Items.Length),
            Unseen = (users - table.Users.Length, items - table.Items.Length),
            Levels = table.Levels,
            Thresholds = [.. ratings.Likelihood.Thresholds],
            Taste = (tasteRank, taste.Trials),
            Interest = interests,
            Deviations = (Deviation(users, u => ratings.Users.Effect(u)), Deviation(items, i => ratings.Items.Effect(i)), Deviation(users, u => ratings.UserLogSpread[u]), Deviation(items, i => ratings.ItemLogSpread[i])),
            Tags = effects is null ? null : (effects.Explained, tags!.Tags.Length),
            MnarStrength = options.MnarStrength,
        };
        return new FittedWorld(Text(table, tags, effects, name, options, summary), tables.ToImmutable(), summary);
    }

    private static string Text(RatingTable table, ItemTags? tags, TagEffects? effects, string name, FitOptions options, FitSummary fit)
    {
        (int users, int items) = (fit.Data.Users + fit.Unseen.Users, fit.Data.Items + fit.Unseen.Items);
        bool isConstant = table.Levels.Length == 1, isMnar = options.MnarStrength != 0 && !isConstant;
        StringBuilder text = new();
        void Line(string line = "") => text.Append(line).Append('\n');
        string N(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

        Line(Text($"# Fitted by 'caudata simulate fit' to {table.Count} ratings of {fit.Data.Items} items by {fit.Data.Users} users."));
        Line("#");
        Line(Text($"# Users and items: the first {fit.Data.Users} users and {fit.Data.Items} items are those of the data, in the order of their identifiers (column id). The other {fit.Unseen.Users} users and {fit.Unseen.Items} items"));
        Line("# are those that, by the distribution of the rates, were there and never seen. Every unit has one draw from what the data say about it, not its most likely value.");
        Line("# At another size (--users, --items) whole rows of the tables are taken: each equally often, and the rest at random. Users keep the number of ratings that they give; so items get more with more users.");
        Line("#");
        Line("# What the ratings cannot say, and this world therefore assumes:");
        Line(Text($"# - mnar_strength = {N(options.MnarStrength)}: how much a rating's own value makes it seen. Every value fits the data equally well: with another one the ratings that nobody sees are others."));
        Line("#   It is fitted together with thresholds, activities and popularities; to change it, fit again with --mnar-strength.");
        Line("# - Who meets an item (interest) does not depend on how much it would be liked (taste), apart from what the data show of each user.");
        Line("# - Pairs are observed independently of each other, given users and items.");
        Line("#");
        Line(Text($"# Rank of taste {fit.Taste.Rank} (held-out log-likelihood a rating: {Tried(fit.Taste.Trials)}); rank of interest {fit.Interest.Rank} (a pair, above popularity: {Tried(fit.Interest.Trials)})."));
        Line("world: " + Quote(name));
        Line("about: >-");
        Line(isConstant ? "  Users give items one and the same rating; which pairs are observed depends on activity, popularity and interest." : $"  Users rate items on an ordinal scale by their own level and spread, the item's quality{(fit.Taste.Rank > 0 ? " and taste" : "")}. Which pairs are observed");
        if (!isConstant)
        {
            Line($"  depends on activity{(fit.Interest.Rank > 0 ? ", popularity and interest" : " and popularity")}" + (isMnar ? ", and, as an assumption that ratings cannot test, on the rating itself." : "."));
        }

        Line("sources:");
        Line("  - \"[mccullagh1980] McCullagh, Regression models for ordinal data\"");
        Line("  - \"[chatterjee2011] Chatterjee, Diaconis, Sly, Random graphs with a given degree sequence\"");
        Line();
        Line("entities:");
        Line(Text($"  user: {{ table: {Quote(name + "-users.parquet")}, size: {users} }}"));
        Line(Text($"  item: {{ table: {Quote(name + "-items.parquet")}, size: {items}{(tags is null ? "" : ", lists: { tags: tag }")} }}"));
        if (tags is not null)
        {
            Line(Text($"  tag: {{ table: {Quote(name + "-tags.parquet")} }}"));
        }

        if (isMnar)
        {
            Line();
            Line("parameters:");
            Line(Text($"  mnar_strength: {{ value: {N(options.MnarStrength)}, about: change of the log-odds of being observed for each standard deviation of the rating; an assumption }}"));
        }

        Line();
        Line("variables:");
        Line("  activity[user]: { is: user.activity, latent: true, about: log-odds of rating anything }");
        Line("  popularity[item]: { is: item.popularity, latent: true, about: log-odds of being rated by anybody }");
        string interest = Product("interest", fit.Interest.Rank), taste = Product("taste", fit.Taste.Rank);
        if (fit.Interest.Rank > 0)
        {
            Line(Text($"  interest[user, item]: {{ is: {interest}, latent: true, about: who meets what beyond activity and popularity }}"));
        }

        if (isConstant)
        {
            Line(Text($"  rating[user, item]: {N(table.Levels[0])}"));
        }
        else
        {
            Line("  level[user]: { is: user.level, latent: true, about: how high a user rates }");
            Line("  spread[user]: { is: user.spread, latent: true, about: how far a user's ratings lie apart; 1 is usual }");
            Line("  division[item]: { is: item.spread, latent: true, about: how much users differ about an item; 1 is usual }");
            Line(Text($"  quality[item]: {{ is: {(effects is null ? "item.quality" : "item.quality + sum(tag.effect over item.tags)")}, latent: true, about: how high an item is rated{(effects is null ? "" : "; what its tags say and a rest")} }}"));
            if (fit.Taste.Rank > 0)
            {
                Line(Text($"  taste[user, item]: {{ is: {taste}, latent: true, about: what a user likes in an item beyond its quality }}"));
            }

            string score = $"level + quality{(fit.Taste.Rank > 0 ? " + taste" : "")} + logistic(0, spread * division)", thresholds = string.Join(", ", fit.Thresholds.Select(N));
            double low = table.Levels[0], step = table.Levels[1] - low;
            bool isEven = Enumerable.Range(0, table.Levels.Length).All(l => Math.Abs(table.Levels[l] - (low + (l * step))) < 1e-9);
            if (isEven)
            {
                string ordinal = $"ordinal({score}, {thresholds})";
                // The ordinal begins at 1: low + step · (ordinal − 1).
                double shift = Math.Round(low - step, 9);
                Line("  rating[user, item]: " + (step == 1 ? "" : N(step) + " * ") + ordinal + (shift == 0 ? "" : shift > 0 ? " + " + N(shift) : " - " + N(-shift)));
            }
            else
            {
                Line(Text($"  score[user, item]: {{ is: \"{score}\", latent: true, about: what the rating is read off }}"));
                Line("  rating[user, item]: " + N(low) + string.Concat(fit.Thresholds.Select((t, k) => $" + {N(table.Levels[k + 1] - table.Levels[k])} * (score >= {N(t)})")));
            }
        }

        (double mean, double deviation) = WorldFitter.Moments(table);
        Line();
        Line("missing:");
        Line("  # With more items than were fitted each is met less often, so that users keep their numbers of ratings.");
        Line(Text($"  rating: {{ logistic: activity + popularity{(fit.Interest.Rank > 0 ? " + interest" : "")} + log({items} / size(item)){(isMnar ? $" + mnar_strength * (rating - {N(mean)}) / {N(deviation)}" : "")} }}"));
        return text.ToString();
    }

    private static string Tried(ImmutableArray<RankTrial> trials) => string.Join(", ", trials.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Rank}: {t.LogLikelihood:0.0000}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Product(string name, int rank) => string.Join(" + ", Enumerable.Range(1, rank).Select(k => Text($"user.{name}_{k} * item.{name}_{k}")));

    private static IEnumerable<Column> Factors(int taste, int interest) =>
        [.. Enumerable.Range(1, taste).Select(k => new Column(Text($"taste_{k}"), ColumnKind.Number)), .. Enumerable.Range(1, interest).Select(k => new Column(Text($"interest_{k}"), ColumnKind.Number))];

    private static object?[] Numbers(ReadOnlySpan<float> row)
    {
        object?[] numbers = new object?[row.Length];
        for (int k = 0; k < row.Length; k++)
        {
            numbers[k] = Round(row[k]);
        }

        return numbers;
    }

    private static int Degree(int[] starts, int unit) => unit < starts.Length - 1 ? starts[unit + 1] - starts[unit] : 0;

    private static double Round(double value) => Math.Round(value, 6);

    private static double Deviation(int units, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, units).Select(value)];
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static string Quote(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text.Any(char.IsAsciiLetter) ? text
        : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
