using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Files;

/// <summary>A table with another number of rows, made of its own.</summary>
/// <remarks>
/// Every row is taken equally often, in order, and the rest is a sample without replacement, in order too: a distribution keeps its shape better than by independent draws, and the table's own size gives the table itself.
/// Which rows are sampled is part of the world and does not depend on the seed.
/// </remarks>
internal static class TableResampling
{
    /// <summary>The table with <paramref name="size"/> rows: numbers and relations of the same rows stay together.</summary>
    public static WorldTable To(WorldTable table, int size, string entity)
    {
        if (size == table.Rows)
        {
            return table;
        }

        if (table.Rows == 0)
        {
            throw new WorldException($"{table.Name} has no rows, but {entity} has the size {size}; expected at least one row to take units from.");
        }

        int[] rows = Rows(table.Rows, size, entity);
        return table with
        {
            Rows = size,
            Names = table.Names.IsEmpty ? [] : [.. rows.Select(r => table.Names[r])],
            Columns = table.Columns.ToImmutableSortedDictionary(c => c.Key, c => Array.ConvertAll(rows, r => c.Value[r]), StringComparer.Ordinal),
            Relations = table.Relations.ToImmutableSortedDictionary(r => r.Key, r => new WorldRelation(r.Value.To, r.Value.Size, [.. rows.Select(row => r.Value[row].ToArray())]), StringComparer.Ordinal),
        };
    }

    private static int[] Rows(int rows, int size, string entity)
    {
        double[] noise = new double[rows];
        KeyedNoise.Uniform(NoiseKey.Of(0, "resample/" + entity), 0, noise);
        int whole = size / rows * rows;
        return [.. Enumerable.Range(0, whole).Select(k => k % rows), .. Enumerable.Range(0, rows).OrderBy(r => noise[r]).ThenBy(r => r).Take(size - whole).Order()];
    }
}
