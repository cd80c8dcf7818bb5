using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>A variable of a <see cref="CausalGraph"/>.</summary>
/// <param name="Id">Its number, 0-based: substantive variables come first, then indicators, then selection nodes.</param>
/// <param name="Name">Its name without indices.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Indices">Entities that index it, for example user and item; empty for a variable with one value. An indicator has those of its variable.</param>
/// <param name="Role">What a question asks of it.</param>
/// <param name="Of">Of an indicator: the number of the variable whose missingness it marks; else null.</param>
public sealed record Variable(int Id, string Name, VariableKind Kind, ImmutableArray<string> Indices, VariableRole Role, int? Of)
{
    /// <summary>True when it is neither indicator nor selection node.</summary>
    public bool IsSubstantive => Kind is VariableKind.Observed or VariableKind.Latent;

    /// <summary>Its name with indices, for example <c>rating[user,item]</c>; without them for an indicator, which has those of its variable.</summary>
    public string Label => Indices.IsEmpty || Kind == VariableKind.Indicator ? Name : $"{Name}[{string.Join(',', Indices)}]";

    /// <summary>Equal when all parts are, the indices one by one.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Variable? other) => other is not null && Id == other.Id && Name == other.Name && Kind == other.Kind && Role == other.Role && Of == other.Of && Indices.AsSpan().SequenceEqual(other.Indices.AsSpan());

    /// <summary>A hash of number, name and kind.</summary>
    public override int GetHashCode() => HashCode.Combine(Id, Name, Kind);
}

/// <summary>An edge between two variables.</summary>
/// <param name="From">Cause, or the lower number of a bidirected edge.</param>
/// <param name="To">Effect, or the higher number.</param>
/// <param name="Kind">Directed or bidirected.</param>
public readonly record struct GraphEdge(int From, int To, EdgeKind Kind);
