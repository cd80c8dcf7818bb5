using Caudata.Extraction;
using Caudata.Records;

var options = new ExtractionOptions
{
    Corpus = ["world:7,documents=500"],
    Target = "world:7/word-problems",
    Budget = new Budget(0.10, BudgetUnit.Share),
};
var configuration = new RunConfiguration { Command = "sample", Version = "1", Seed = options.Seed, Settings = options.Settings() };
using RunFolder folder = RunFolder.Create("runs/sample", configuration, "run the sample again");
ExtractionResult result = await Extractor.RunAsync(options, folder);
Console.WriteLine($"{result.Reading.Documents.Length} documents read, {result.Reading.Pairs.Count} pairs, {result.Selected} to train on");
Console.WriteLine(ExtractionRecords.Verdict(result));
