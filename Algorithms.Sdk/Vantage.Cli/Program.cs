using System.Runtime.InteropServices;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Errors;

using var stop = new CancellationTokenSource();
var stoppedBy = ExitCodes.Interrupted;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCodes.Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCodes.Terminated));
var console = CliConsole.Real();
try
{
    return await VantageCommand.RunAsync(args, console, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await console.Error.WriteLineAsync("interrupted");
    return stoppedBy;
}
catch (Exception e)
{
    await console.Error.WriteLineAsync($"error: A bug in vantage: {e}\n  next: Please report it with the lines above.");
    return ExitCodes.Internal;
}

void Stop(PosixSignalContext signal, int code)
{
    // The second signal ends the process the ordinary way.
    signal.Cancel = !stop.IsCancellationRequested;
    stoppedBy = code;
    stop.Cancel();
}
