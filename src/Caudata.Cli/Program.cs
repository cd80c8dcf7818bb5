using System.Runtime.InteropServices;
using Caudata.Cli;

using CancellationTokenSource stop = new();

// The first signal asks for a stop at the next commit; the second one ends the process.
void OnSignal(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
return await new CommandTree(Terminal.OfProcess(), ExtractionEngine.RunAsync, TimeProvider.System).RunAsync(args, stop.Token);
