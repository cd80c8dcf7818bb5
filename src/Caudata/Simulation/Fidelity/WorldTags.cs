using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>Takes the tags of real and synthetic items from the fitted world that the synthetic data were drawn from.</summary>
public static class WorldTags
{
    /// <summary>The tags.</summary>
    /// <param name="world">The world, at the size at which it was drawn.</param>
    /// <param name="folder">The folder of the world file.</param>
    /// <param name="real">The real ratings; items that the world does not know have no tags.</param>
    /// <param name="synthetic">The synthetic ratings, whose items are numbers of the world.</param>
    /// <exception cref="InputException">The world has no tags, or fewer items than the synthetic ratings.</exception>
    public static FidelityTags Of(World world, string folder, RatingTable real, RatingTable synthetic)
    {
        if (world.Entities.FirstOrDefault(e => e.Name == "item") is not { Table: { } table } item || !table.Relations.TryGetValue("tags", out WorldRelation? relation)
            || world.Entities.FirstOrDefault(e => e.Name == relation.To)?.Table is not { } tagTable)
        {
            throw new InputException($"The world '{world.Name}' has no item table with a list of tags; expected one that was fitted with --item-tags. Leave out --world to compare without tags.");
        }

        ImmutableArray<ReadColumn> items = TableReader.Read(Path.Combine(folder, table.Name)), tags = TableReader.Read(Path.Combine(folder, tagTable.Name));
        string?[] ids = Texts(items, "id", table.Name), lists = Texts(items, "tags", table.Name), names = Texts(tags, "name", tagTable.Name);
        Dictionary<string, int> rows = new(StringComparer.Ordinal);
        for (int row = 0; row < ids.Length; row++)
        {
            if (ids[row] is { } id)
            {
                rows[id] = row;
            }
        }

        ImmutableArray<int> Synthetic(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int unit) && unit < item.Size ? [.. relation[unit]]
            : throw new InputException($"The synthetic ratings have the item '{name}', but the world has the items 0 to {item.Size - 1}; expected ratings drawn from this world. Give the --items with which they were drawn.");
        return new FidelityTags([.. names.Select(n => n ?? "")],
            [.. real.Items.Select(id => rows.TryGetValue(id, out int row) ? List(lists[row]) : [])],
            [.. synthetic.Items.Select(Synthetic)]);
    }

    private static ImmutableArray<int> List(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => int.Parse(t, CultureInfo.InvariantCulture))];

    private static string?[] Texts(ImmutableArray<ReadColumn> columns, string name, string table) =>
        columns.FirstOrDefault(c => c.Name == name) is not { } column ? throw new InputException($"{table} has no column '{name}'; expected a table that 'caudata simulate fit' wrote. Fit again.")
            : column.Texts ?? [.. column.Numbers!.Select(n => double.IsNaN(n) ? null : n.ToString(CultureInfo.InvariantCulture))];
}
