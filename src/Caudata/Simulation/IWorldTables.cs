namespace Caudata.Simulation;

/// <summary>Finds the tables that a world's entities name.</summary>
public interface IWorldTables
{
    /// <summary>The table of that name.</summary>
    /// <param name="name">As it stands in the world: a file, or the name of a built-in table.</param>
    /// <param name="lists">Columns that hold lists of units of another entity: name of the column and of the other entity with its size.</param>
    /// <exception cref="WorldException">There is no such table, or it cannot be read; the message says what to do.</exception>
    WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists);

    /// <summary>Number of rows of the table of that name.</summary>
    /// <param name="name">As it stands in the world.</param>
    /// <exception cref="WorldException">There is no such table, or it cannot be read.</exception>
    int CountRows(string name);
}
