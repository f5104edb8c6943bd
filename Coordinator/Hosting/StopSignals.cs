using System.Runtime.InteropServices;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// Stops in two stages. The first SIGINT or SIGTERM lets everything end in order; a second one means now, and the
/// process ends as the system would end it: nothing acknowledged can be lost by that.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations;

    public StopSignals() => registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        stop.Cancel();
    }
}
