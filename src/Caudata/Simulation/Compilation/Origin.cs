using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Compilation;

/// <summary>The part of a world file that a node computes.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Requirement">What its value must be, as in "the sd of normal(x, sd) must be at least 0"; empty when any finite number will do.</param>
internal sealed record Origin(Expression Expression, string Requirement = "")
{
    private const int Longest = 120;

    /// <summary>The expression as text, cut to a length that fits in a message.</summary>
    public string Text => ExpressionText.Of(Expression) is var text && text.Length > Longest ? text[..(Longest - 3)] + "..." : text;
}

/// <summary>A value that must be finite wherever it is computed.</summary>
/// <param name="Name">What it is called in messages: <c>rating[user,item]</c>, <c>P(R_rating)</c>.</param>
/// <param name="Place">Where it is declared, for values whose expression has no place.</param>
internal sealed record Guard(string Name, WorldPlace Place);
