using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Output;

namespace Caudata.Tests.Simulation.Output;

/// <summary>A run folder that is gone after the test.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-output-");

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>Runs a simulation and reads its text files.</summary>
    public Dictionary<string, string> Run(World world, SimulationFormat format, InstructionSource instructions = InstructionSource.None, int threads = 1, ulong seed = 1)
    {
        string path = Path.Combine(_root.FullName, "data");
        using (RunFolder folder = RunFolder.Create(path, new RunConfiguration { Command = "simulate", Version = "1", Seed = seed, Settings = [] }, "again"))
        {
            SimulationRun.RunAsync(new SimulationRequest(world, new SimulationOptions { Seed = seed, Threads = threads, BlockPairs = 64 }, format, false, new CtarOptions(), "") { Instructions = instructions }, folder).GetAwaiter().GetResult();
        }

        Dictionary<string, string> files = Directory.GetFiles(path).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        Directory.Delete(path, recursive: true);
        return files;
    }
}
