namespace Caudata.Simulation.Compilation;

/// <summary>One value of the compiled world: an operation on other values.</summary>
/// <remarks>Nodes with the same operation, arguments and payload are one node, so common parts are computed once, also those that several worlds share.</remarks>
internal sealed class Node
{
    public required int Id { get; init; }

    public required Op Op { get; init; }

    public required Node[] Arguments { get; init; }

    public required Plate Plate { get; init; }

    /// <summary>Constant: the number. Calibrate: the rate.</summary>
    public double Number { get; init; }

    /// <summary>Uniform, Normal: name of the stream. Calibrate: its method. Given: what is given.</summary>
    public string Text { get; init; } = "";

    /// <summary>Column, Gather: the numbers. Relate: a <see cref="WorldRelation"/>. Apply: the function.</summary>
    public object? Data { get; init; }

    /// <summary>Reduce, SumOverRows, Relate: what is done.</summary>
    public Reduction Reduction { get; init; }

    /// <summary>The entity in whose rows it must be computed, or -1 when it is a column that is computed at once.</summary>
    public int RowEntity { get; init; } = -1;

    /// <summary>The pass in which it is known.</summary>
    public int Level { get; init; }

    /// <summary>The expression that it computes, of several that share it the first; null for a part of one.</summary>
    public Origin? Origin { get; set; }

    public override string ToString() => $"#{Id} {Op}({string.Join(", ", Arguments.Select(a => "#" + a.Id))})";
}
