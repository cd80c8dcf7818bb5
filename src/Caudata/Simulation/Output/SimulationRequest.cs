using Caudata.Simulation.Ctar;

namespace Caudata.Simulation.Output;

/// <summary>The form in which data are written.</summary>
public enum SimulationFormat
{
    /// <summary>CSV, a file for each set of entities.</summary>
    Csv,

    /// <summary>Parquet, a file for each set of entities.</summary>
    Parquet,

    /// <summary>CTAR's own files; for the preset <c>ctar</c> alone.</summary>
    Ctar,

    /// <summary>Only the log of choices with their true propensities, as Parquet.</summary>
    SelectionLog,
}

/// <summary>What a simulation writes.</summary>
/// <param name="World">The world.</param>
/// <param name="Options">Seed, threads and interventions.</param>
/// <param name="Format">The form of the files.</param>
/// <param name="IsTruthWritten">True to write latent variables, propensities, potential outcomes and effects beside the data.</param>
/// <param name="Ctar">Forgetting and tests of CTAR's files.</param>
/// <param name="TableSource">Where the entities' tables come from, for people; empty when there are none.</param>
public sealed record SimulationRequest(World World, SimulationOptions Options, SimulationFormat Format, bool IsTruthWritten, CtarOptions Ctar, string TableSource);
