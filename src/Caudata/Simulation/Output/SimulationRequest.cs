using Caudata.Simulation.Ctar;

namespace Caudata.Simulation.Output;

/// <summary>The form in which data are written.</summary>
public enum SimulationFormat
{
    /// <summary>CSV, a file for each set of entities.</summary>
    Csv,

    /// <summary>Parquet, a file for each set of entities.</summary>
    Parquet,

    /// <summary>CTAR's own files; for the preset <c>ctar</c> and its variants alone.</summary>
    Ctar,

    /// <summary>Atomic files of RecBole: interactions, users, items.</summary>
    RecBole,

    /// <summary>Only the log of choices with their true propensities, as Parquet.</summary>
    SelectionLog,
}

/// <summary>What reasons of ratings are taken from.</summary>
public enum InstructionSource
{
    /// <summary>No records are written.</summary>
    None,

    /// <summary>The truth: the tags of an item that the user likes, and the rating that there would be without them.</summary>
    Truth,

    /// <summary>The tag records of users; of the preset <c>ctar</c> alone.</summary>
    Observed,
}

/// <summary>What a simulation writes.</summary>
/// <param name="World">The world.</param>
/// <param name="Options">Seed, threads and interventions.</param>
/// <param name="Format">The form of the files.</param>
/// <param name="IsTruthWritten">True to write latent variables, propensities, potential outcomes and effects beside the data.</param>
/// <param name="Ctar">Forgetting and tests of CTAR's files.</param>
/// <param name="TableSource">Where the entities' tables come from, for people; empty when there are none.</param>
public sealed record SimulationRequest(World World, SimulationOptions Options, SimulationFormat Format, bool IsTruthWritten, CtarOptions Ctar, string TableSource)
{
    /// <summary>Which rating reasons are written as instruction records. Default: none.</summary>
    public InstructionSource Instructions { get; init; }
}
