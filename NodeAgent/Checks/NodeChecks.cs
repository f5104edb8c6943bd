using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Checks;

/// <summary>All checks, in order. Each says its finding in one line; none throws for what it was made to find.</summary>
internal static class NodeChecks
{
    public static async Task<IReadOnlyList<CheckLine>> RunAsync(NodeHome home, TimeProvider time, CancellationToken cancellationToken)
    {
        var (settings, line) = FileChecks.Settings(home);
        var lines = new List<CheckLine> { line };
        lines.AddRange(FileChecks.Run(home));
        lines.AddRange(TrustChecks.Run(home, time));
        lines.AddRange(WorkChecks.Run(home, settings));
        if (settings is null)
        {
            lines.Add(CheckLine.Skipped("coordinator", "node.yaml can't be read."));
            return lines;
        }

        lines.AddRange(await DataChecks.RunAsync(settings.Sources, cancellationToken));
        lines.AddRange(await EngineChecks.RunAsync(home, settings, cancellationToken));
        await using var network = new NetworkChecks(home, settings, time);
        lines.AddRange(await network.RunAsync(cancellationToken));
        return lines;
    }

    /// <summary>Turns a failure that a person can act on into a line.</summary>
    public static CheckLine Try(string name, string help, Func<CheckLine> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (e is CommandFailure or IOException or UnauthorizedAccessException)
        {
            return CheckLine.Failed(name, e.Message, help);
        }
    }
}
