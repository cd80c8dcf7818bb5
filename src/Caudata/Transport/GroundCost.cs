namespace Caudata.Transport;

/// <summary>What it costs to move one unit of mass from one vector to another.</summary>
public enum GroundCost
{
    /// <summary>Σₖ (xₖ − yₖ)², in squared units of the vectors; at least 0.</summary>
    SquaredEuclidean,

    /// <summary>√Σₖ (xₖ − yₖ)², in units of the vectors; a metric.</summary>
    Euclidean,

    /// <summary>1 − ⟨x, y⟩ / (‖x‖ ‖y‖), in [0, 2]. A vector of zeros has similarity 0 with everything, so cost 1.</summary>
    Cosine,
}
