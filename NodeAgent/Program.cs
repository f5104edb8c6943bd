using System.Runtime.InteropServices;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await VerbLine.RunAsync(NodeVerbs.All, args, Console.Out, Console.Error, stop.Token);

void Stop(PosixSignalContext signal)
{
    // The second signal ends the process the ordinary way.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
