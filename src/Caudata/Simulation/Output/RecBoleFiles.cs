using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Simulation.Output;

/// <summary>Writes observed data as atomic files of RecBole [zhao2021]: tables with tabs, whose header gives every field its type.</summary>
/// <remarks>
/// <para>The interactions (<c>.inter</c>) are one variable over a pair of entities where it is seen: <c>rating</c> when there is one, else the first that has an indicator, else the first. Variables of the same pair that are always seen are
/// fields beside it. Another variable with an indicator is seen elsewhere, and RecBole would fill the gaps by a mean: it gets a file of its own, <c>NAME.VARIABLE.inter</c>, of the same form. The first entity of the pair is the user, the second the item;
/// their files hold numbers of their tables and observed variables as <c>float</c>, and relations as <c>token_seq</c> with blanks between units.</para>
/// <para>Interactions are streamed: memory does not grow with the number of pairs.</para>
/// </remarks>
internal static class RecBoleFiles
{
    /// <summary>Writes the files; they are called by the run folder, so that RecBole finds them with <c>data_path</c> above it and <c>dataset</c> its name.</summary>
    /// <param name="simulated">The world with its seed.</param>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="WorldException">The world observes no variable over a pair of entities.</exception>
    public static ImmutableArray<CardFile> Write(SimulatedWorld simulated, RunFolder folder)
    {
        World world = simulated.World;
        WorldVariable interaction = Interaction(world);
        WorldVariable[] pairs = [.. world.Variables.Where(v => !v.IsLatent && v.Indices.Length == 2)];
        string[] full = [.. pairs.Where(v => v.Indices.SequenceEqual(interaction.Indices) && v.Name != interaction.Name && IndicatorOf(world, v) is null).Select(v => v.Name)];
        var files = ImmutableArray.CreateBuilder<CardFile>();
        Pairs(interaction, full, "inter", "interactions");
        foreach (WorldVariable other in pairs.Where(v => v.Name != interaction.Name && !full.Contains(v.Name)))
        {
            Pairs(other, [], other.Name + ".inter", $"{other.Name} where it is seen");
        }

        Units(interaction.Indices[0], "user");
        Units(interaction.Indices[1], "item");
        return files.ToImmutable();

        void Pairs(WorldVariable variable, string[] beside, string ending, string about)
        {
            string? indicator = IndicatorOf(world, variable);
            SimulatedTable table = new(ending, variable.Indices, [.. ((string[])[variable.Name, .. beside]).Select(name => simulated.Columns.First(c => c.Name == name))],
                [.. Enumerable.Repeat(-1, 1 + beside.Length)], indicator is null ? [] : [indicator], OnlySeen: indicator is not null);
            string header = string.Join('\t', variable.Indices.Select(entity => Id(entity, interaction)).Concat(table.Columns.Select(c => c.Name + ":float")));
            long rows = 0;
            string file = $"{folder.Name}.{ending}";
            folder.Write(file, stream => rows = TableFiles.WriteText(simulated, table, stream, header, '\t'));
            files.Add(new CardFile(about, file, "train", rows));
        }

        void Units(string entity, string ending)
        {
            WorldEntity units = world.Entities[world.EntityIndex(entity)];
            WorldVariable[] variables = [.. world.Variables.Where(v => !v.IsLatent && v.Indices is [var only] && only == entity)];
            List<(string Header, Action<NumberText, int> Write)> fields = [(Id(entity, interaction), (text, unit) => text.Number((long)unit))];
            foreach ((string column, double[] values) in (units.Table?.Columns ?? ImmutableSortedDictionary<string, double[]>.Empty).Where(c => variables.All(v => v.Name != c.Key)))
            {
                fields.Add((Field(column) + ":float", (text, unit) => text.Number(values[unit])));
            }

            foreach (WorldVariable variable in variables)
            {
                double[] values = simulated.Read(variable.Name)[0];
                double[]? seen = IndicatorOf(world, variable) is { } indicator ? simulated.Read(indicator)[0] : null;
                fields.Add((variable.Name + ":float", (text, unit) => text.Number(seen?[unit] == 0 ? double.NaN : values[unit])));
            }

            foreach ((string name, WorldRelation relation) in units.Table?.Relations ?? ImmutableSortedDictionary<string, WorldRelation>.Empty)
            {
                fields.Add((Field(name) + ":token_seq", (text, unit) =>
                {
                    for (int k = 0; k < relation[unit].Length; k++)
                    {
                        (k == 0 ? text : text.Symbol(' ')).Number((long)relation[unit][k]);
                    }
                }
                ));
            }

            string file = $"{folder.Name}.{ending}";
            folder.Write(file, stream => Write(stream, units.Size, fields));
            files.Add(new CardFile(ending + "s", file, "train", units.Size));
        }
    }

    /// <summary>The variable whose values are the interactions.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="WorldException">There is none.</exception>
    public static WorldVariable Interaction(World world)
    {
        WorldVariable[] pairs = [.. world.Variables.Where(v => !v.IsLatent && v.Indices.Length == 2)];
        return pairs.FirstOrDefault(v => v.Name == "rating") ?? pairs.FirstOrDefault(v => IndicatorOf(world, v) is not null) ?? pairs.FirstOrDefault()
            ?? throw new WorldException($"The world '{world.Name}' observes no variable over a pair of entities; expected one, such as rating[user, item], for interactions. Write csv or parquet instead.");
    }

    private static string? IndicatorOf(World world, WorldVariable variable) => world.Indicators.FirstOrDefault(r => r.Of == variable.Name)?.Name;

    private static string Id(string entity, WorldVariable interaction) => (entity == interaction.Indices[0] ? "user_id" : entity == interaction.Indices[1] ? "item_id" : entity + "_id") + ":token";

    // A colon parts name and type, a tab parts fields; the identifiers are taken.
    private static string Field(string column) => (column is "user_id" or "item_id" ? "table_" : "") + string.Concat(column.Select(c => c is ':' || char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));

    private static void Write(Stream stream, int units, List<(string Header, Action<NumberText, int> Write)> fields)
    {
        const int Block = 1 << 14;
        NumberText header = new();
        stream.Write(header.Text(string.Join('\t', fields.Select(f => f.Header))).Symbol('\n').Written.Span);
        for (int first = 0; first < units; first += Block)
        {
            NumberText text = new();
            for (int unit = first; unit < Math.Min(units, first + Block); unit++)
            {
                for (int f = 0; f < fields.Count; f++)
                {
                    fields[f].Write(f == 0 ? text : text.Symbol('\t'), unit);
                }

                text.Symbol('\n');
            }

            stream.Write(text.Written.Span);
        }
    }
}
