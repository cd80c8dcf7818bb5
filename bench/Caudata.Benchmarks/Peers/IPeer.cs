namespace Caudata.Benchmarks.Peers;

/// <summary>
/// Our side of one area of comparison. A class called <c>TextPeer</c> is found as <c>text</c> and stands beside the peer script <c>text_bench.py</c>: to add an area, add one file.
/// </summary>
internal interface IPeer
{
    /// <summary>The works of this area; they are measured in turns. Read inputs here, not in the works.</summary>
    IEnumerable<PeerWork> Works(PeerContext context);
}

/// <summary>One measured work.</summary>
/// <param name="Name">What is done, with sizes.</param>
/// <param name="Against">Regular expression on "peer workload" of the peers' rows that do the same work.</param>
/// <param name="Run">Does the work once and returns its value (inertia, cost, checksum), by which the results are compared.</param>
internal sealed record PeerWork(string Name, string Against, Func<double> Run)
{
    /// <summary>Makes the value from the last run's result outside the measured time; null when <see cref="Run"/>'s number is the value.</summary>
    public Func<double>? Value { get; init; }
}

/// <summary>What a work needs to know.</summary>
/// <param name="Data">Folder of the inputs.</param>
/// <param name="Threads">Threads to use.</param>
internal sealed record PeerContext(string Data, int Threads)
{
    /// <summary>The array in a .npy file of the inputs.</summary>
    public NpyArray<T> Load<T>(string file) where T : unmanaged => NpyArray<T>.Read(Path.Combine(Data, file));
}
