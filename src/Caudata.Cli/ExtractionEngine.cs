using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli;

/// <summary>Hands a request to the library's engine and its result back to the command line.</summary>
internal static class ExtractionEngine
{
    /// <summary>Runs the engine.</summary>
    /// <param name="request">What is asked for; already checked.</param>
    /// <param name="folder">The run folder, locked and open.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    public static async Task<RunOutcome> RunAsync(ExtractRequest request, RunFolder folder, IProgress<RunProgress> progress, CancellationToken cancellationToken)
    {
        ExtractionResult result = await Extractor.RunAsync(request.Options, folder, request.Compare, request.Seeds, progress, cancellationToken: cancellationToken);
        return new RunOutcome(
            result.Reading.Stop == StopReason.Time ? RunEnd.Stopped : RunEnd.Done,
            result.Reading.Stop == StopReason.Time ? "the time of the budget is up; it counts over all starts of a run, so for more give a larger --budget and another --out" : "",
            ExtractionRecords.Summary(result, request.Options), result.Losses, string.Join(Environment.NewLine, new[] { ExtractionRecords.Verdict(result), ExtractionRecords.Conclusion(result) }.Where(sentence => sentence is not null)));
    }
}
