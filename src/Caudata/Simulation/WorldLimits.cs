namespace Caudata.Simulation;

/// <summary>Sizes beyond which a world is refused with a message, so that no file can take unbounded time or memory.</summary>
public static class WorldLimits
{
    /// <summary>Longest world file, in UTF-16 units.</summary>
    public const int Text = 4 << 20;

    /// <summary>Deepest nesting of YAML.</summary>
    public const int YamlDepth = 32;

    /// <summary>Most keys and values of YAML.</summary>
    public const int YamlNodes = 100_000;

    /// <summary>Longest expression, in UTF-16 units.</summary>
    public const int Expression = 10_000;

    /// <summary>Deepest nesting of an expression.</summary>
    public const int Depth = 64;

    /// <summary>Most numbers and names of an expression.</summary>
    public const int Values = 1_000;

    /// <summary>Most operations of a world after all expressions are taken apart.</summary>
    public const int Operations = 50_000;

    /// <summary>Most entities, variables, indicators or parameters, each.</summary>
    public const int Names = 2_000;

    /// <summary>Longest name.</summary>
    public const int Name = 100;

    /// <summary>Most units of an entity.</summary>
    public const int Units = 100_000_000;

    /// <summary>Most numbers of a matrix that must stay in memory, because a product or another entity's rows read it: 2²⁷, which is 1 GiB.</summary>
    public const long Matrix = 1L << 27;

    /// <summary>Most mistakes that are told one by one.</summary>
    public const int Mistakes = 100;
}
