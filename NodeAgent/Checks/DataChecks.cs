using Vantage.NodeAgent.Data;

namespace Vantage.NodeAgent.Checks;

/// <summary>Whether each source can be had. What is in them is looked at by <c>data check</c>.</summary>
internal static class DataChecks
{
    private const string Name = "data";

    public static async Task<IReadOnlyList<CheckLine>> RunAsync(IReadOnlyList<SourceSettings> sources, CancellationToken cancellationToken)
    {
        var lines = new List<CheckLine>();
        foreach (var source in sources)
        {
            lines.Add(await LookAsync(source, cancellationToken));
        }

        return lines;
    }

    private static async Task<CheckLine> LookAsync(SourceSettings source, CancellationToken cancellationToken)
    {
        try
        {
            return CheckLine.Ok(Name, $"{source.Id}: {source.Place}, {await source.LookAsync(cancellationToken)}");
        }
        catch (SourceException e)
        {
            return CheckLine.Failed(Name, $"{source.Place}: {e.Message}", "Mend the source in node.yaml, or let the node's account read it.");
        }
    }
}
