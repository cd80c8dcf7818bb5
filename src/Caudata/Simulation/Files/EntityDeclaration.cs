using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Files;

/// <summary>An entity as it is declared, before its table is opened.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Number of its units: that of its table's rows where it has one and is given no size.</param>
/// <param name="Table">Name of its table, or null.</param>
/// <param name="Lists">Columns of the table that list units of other entities, with the names of these.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record EntityDeclaration(string Name, int Size, string? Table, IReadOnlyList<(string Column, string Entity, WorldPlace Place)> Lists, WorldPlace Place)
{
    /// <summary>True where it has a size beside its table.</summary>
    public bool IsSized { get; init; }

    /// <summary>Number of rows of a table; null after a mistake.</summary>
    public static int? CountRows(string table, IWorldTables? tables, WorldPlace place, MistakeList mistakes) =>
        Try<int?>(() => tables?.CountRows(table) ?? throw new WorldException($"'{table}' names a table, but none may be read here. Give a size instead."), place, mistakes);

    /// <summary>Opens the tables. Sizes are known first, because lists in a table name units of other entities.</summary>
    /// <param name="declared">All entities.</param>
    /// <param name="tables">Finds their tables; null when none may be named.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static IEnumerable<WorldEntity> Resolve(IReadOnlyList<EntityDeclaration> declared, IWorldTables? tables, MistakeList mistakes)
    {
        foreach (EntityDeclaration entity in declared)
        {
            Dictionary<string, (string, int)> sized = new(StringComparer.Ordinal);
            foreach ((string column, string to, WorldPlace place) in entity.Lists)
            {
                if (declared.FirstOrDefault(e => e.Name == to) is { } other)
                {
                    sized[column] = (to, other.Size);
                }
                else
                {
                    mistakes.Add($"'{to}' is no entity; {Nearest.Suggest(to, declared.Select(e => e.Name))}", place);
                }
            }

            yield return new WorldEntity(entity.Name, entity.Size, entity.Table is null ? null : Try(() => TableResampling.To(tables!.Open(entity.Table, sized), entity.Size, entity.Name) with { IsSized = entity.IsSized }, entity.Place, mistakes));
        }
    }

    private static T? Try<T>(Func<T> open, WorldPlace place, MistakeList mistakes)
    {
        try
        {
            return open();
        }
        catch (WorldException e)
        {
            foreach (WorldMistake mistake in e.Mistakes)
            {
                mistakes.Add(mistake.Message, place);
            }

            return default;
        }
    }
}
