using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Output;

/// <summary>Writes observed data as atomic files of RecBole [zhao2021]: tables with tabs, whose header gives every field its type.</summary>
/// <remarks>
/// <para>The interactions (<c>.inter</c>) are one variable over a pair of entities where it is seen: <c>rating</c> when there is one, else the first that has an indicator, else the first. Variables of the same pair that are always seen are
/// fields beside it. Another variable with an indicator is seen elsewhere, and RecBole would fill the gaps by a mean: it gets a file of its own, <c>NAME.VARIABLE.inter</c>, of the same form. The first entity of the pair is the user, the second the item;
/// their files hold numbers of their tables and observed variables as <c>float</c>, and relations as <c>token_seq</c> with blanks between units.</para>
/// <para>In a world with rounds the interactions are the exposures: what was not shown has no outcome. <c>round</c> and <c>position</c> stand beside it, and what else a round decides is in the log alone.</para>
/// <para>Interactions are streamed: memory does not grow with the number of pairs.</para>
/// </remarks>
internal static class RecBoleFiles
{
    /// <summary>Writes the files; they are called by the run folder, so that RecBole finds them with <c>data_path</c> above it and <c>dataset</c> its name.</summary>
    /// <param name="simulated">The world with its seed.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="cancellationToken">Stops the writing; files are whole or not there.</param>
    /// <exception cref="WorldException">The world observes no variable over a pair of entities.</exception>
    public static ImmutableArray<CardFile> Write(SimulatedWorld simulated, RunFolder folder, CancellationToken cancellationToken)
    {
        World world = simulated.World;
        WorldVariable interaction = Interaction(world);
        WorldVariable[] pairs = ObservedPairs(world);
        string[] full = world.Rounds is not null ? [] : [.. pairs.Where(v => v.Indices.SequenceEqual(interaction.Indices) && v.Name != interaction.Name && IndicatorOf(world, v) is null).Select(v => v.Name)];
        var files = ImmutableArray.CreateBuilder<CardFile>();
        if (world.Rounds is { } rounds)
        {
            Exposures(rounds);
        }
        else
        {
            Pairs(interaction, full, "inter", "interactions");
        }

        foreach (WorldVariable other in pairs.Where(v => v.Name != interaction.Name && !full.Contains(v.Name)))
        {
            Pairs(other, [], other.Name + ".inter", $"{other.Name} where it is seen");
        }

        Units(interaction.Indices[0], "user");
        Units(interaction.Indices[1], "item");
        return files.ToImmutable();

        void Exposures(WorldRounds rounds)
        {
            // Context of a user, an item or the world stands in their files.
            int[] context = [.. Enumerable.Range(0, rounds.Context.Length).Where(c => world.Variables.First(v => v.Name == rounds.Context[c]).Indices.Length == 2)];
            string file = folder.Name + ".inter";
            long rows = 0;
            folder.Write(file, stream =>
            {
                stream.Write(new NumberText().Text(string.Join('\t', [Id(rounds.User, interaction), Id(rounds.Item, interaction), rounds.Outcome + ":float", "round:float", "position:float", .. context.Select(c => rounds.Context[c] + ":float")])).Symbol('\n').Written.Span);
                foreach (ExposureRound round in new FeedbackWorld(world, simulated.Options, [], cancellationToken).Run())
                {
                    NumberText text = new();
                    for (int i = 0; i < round.Count; i++)
                    {
                        text.Number((long)round.Users[i]).Symbol('\t').Number((long)round.Items[i]).Symbol('\t').Number(round.Outcomes[i]).Symbol('\t').Number((long)round.Round).Symbol('\t').Number((long)round.Positions[i]);
                        foreach (int c in context)
                        {
                            text.Symbol('\t').Number(round.Context[c][i]);
                        }

                        text.Symbol('\n');
                    }

                    stream.Write(text.Written.Span);
                    rows += round.Count;
                }
            });
            files.Add(new CardFile("interactions", file, "train", rows));
        }

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
    public static WorldVariable Interaction(World world) => world.Rounds is { } rounds ? world.Variables.First(v => v.Name == rounds.Outcome)
        : Rating(world) ?? throw new WorldException($"The world '{world.Name}' observes no variable over a pair of entities; expected one, such as rating[user, item], for interactions. Write csv or parquet instead.");

    /// <summary>The observed variable over a pair that is most like a rating, and that no round decides; null where there is none.</summary>
    /// <param name="world">The world.</param>
    public static WorldVariable? Rating(World world)
    {
        WorldVariable[] pairs = ObservedPairs(world);
        return pairs.FirstOrDefault(v => v.Name == "rating") ?? pairs.FirstOrDefault(v => IndicatorOf(world, v) is not null) ?? pairs.FirstOrDefault();
    }

    // What a round decides over users and items is seen where it is shown.
    private static WorldVariable[] ObservedPairs(World world)
    {
        ImmutableHashSet<string> fresh = RoundScope.Fresh(world);
        return [.. world.Variables.Where(v => !v.IsLatent && v.Indices.Length == 2 && !fresh.Contains(v.Name))];
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
