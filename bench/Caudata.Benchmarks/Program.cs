using Caudata.Benchmarks.Peers;

if (args is ["peers", .. string[] rest])
{
    return PeerRun.Run(rest);
}

BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
return 0;
