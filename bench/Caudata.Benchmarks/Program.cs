using Caudata.Benchmarks;
using Caudata.Benchmarks.Peers;

if (args is ["peers", .. string[] rest])
{
    return PeerRun.Run(rest);
}

if (args is ["forecast-intervals", .. string[] seeds])
{
    return ForecastIntervals.Run(seeds.Length > 0 ? int.Parse(seeds[0]) : 200);
}

if (args is ["forecast-coverage", .. string[] coverage])
{
    return await ForecastCoverage.RunAsync(coverage);
}

if (args is ["structural-recall", .. string[] recall])
{
    return StructuralRecall.Run(recall);
}

if (args is ["ctar-figures", .. string[] figures])
{
    return CtarFigures.Run(figures);
}

if (args is ["hetero-auc", .. string[] hetero])
{
    return HeteroAuc.Run(hetero);
}

if (args is ["preset-bias", .. string[] bias])
{
    return PresetBias.Run(bias);
}

if (args is ["fuzz-worlds", .. string[] fuzz])
{
    return WorldFuzz.Run(fuzz);
}

if (args is ["feedback-speed"])
{
    return FeedbackSpeed.Run();
}

if (args is ["identification-speed"])
{
    return IdentificationSpeed.Run();
}

if (args is ["identification-truth", .. string[] graphs])
{
    return IdentificationTruth.Run(graphs.Length > 0 ? int.Parse(graphs[0]) : 1000);
}

BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
return 0;
