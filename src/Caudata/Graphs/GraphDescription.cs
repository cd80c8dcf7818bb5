using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>A variable as it is declared; nothing is checked yet.</summary>
/// <param name="Name">Its name.</param>
public sealed record VariableDeclaration(string Name)
{
    /// <summary>What it is. Default: observed.</summary>
    public VariableKind Kind { get; init; }

    /// <summary>Entities that index it; leave them empty for an indicator, which takes those of its variable.</summary>
    public ImmutableArray<string> Indices { get; init; } = [];

    /// <summary>What a question asks of it.</summary>
    public VariableRole Role { get; init; }

    /// <summary>Of an indicator: the name of its variable.</summary>
    public string? Of { get; init; }

    /// <summary>Where it stands.</summary>
    public TextPlace Place { get; init; }
}

/// <summary>An edge as it is declared, between declared names.</summary>
/// <param name="From">Cause, or one end of a bidirected edge.</param>
/// <param name="To">Effect, or the other end.</param>
/// <param name="Kind">Directed or bidirected.</param>
public sealed record EdgeDeclaration(string From, string To, EdgeKind Kind = EdgeKind.Directed)
{
    /// <summary>Where it stands.</summary>
    public TextPlace Place { get; init; }
}

/// <summary>A graph as it is declared: what readers of formats make and <see cref="CausalGraph.Create"/> checks as a whole.</summary>
public sealed record GraphDescription
{
    /// <summary>Entities that may index variables; null when every index declares its entity by itself.</summary>
    public ImmutableArray<string>? Entities { get; init; }

    /// <summary>Variables, indicators and selection nodes, in any order.</summary>
    public required ImmutableArray<VariableDeclaration> Variables { get; init; }

    /// <summary>Edges, in any order.</summary>
    public ImmutableArray<EdgeDeclaration> Edges { get; init; } = [];
}
