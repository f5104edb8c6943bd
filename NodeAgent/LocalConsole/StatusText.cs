using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>A node's status for a person.</summary>
internal static class StatusText
{
    public static void Write(TextWriter text, ControlReply reply)
    {
        if (reply.Status is not { } status)
        {
            return;
        }

        if (reply.Message.Length > 0)
        {
            text.WriteLine(reply.Message + "\n");
        }

        text.WriteLine($"node         {status.Name} ({status.Node}) of {status.Organization}");
        text.WriteLine($"fingerprint  {status.Fingerprint}{(status.Certified ? "" : "  (not certified yet)")}");
        text.WriteLine($"mode         {status.Mode.ToString().ToLowerInvariant()}");
        text.WriteLine($"link         {status.Link} (since {status.LinkSince:u})");
        text.WriteLine($"pins         {status.Pins}");
        if (status.Trouble is { } trouble)
        {
            text.WriteLine($"trouble      {trouble}");
        }

        text.WriteLine(status.Runs.Count == 0 ? "runs         none" : "runs");
        foreach (var run in status.Runs)
        {
            var progress = run.Progress is { } percent ? $" {percent} %" : "";
            var waiting = run.Waiting == WaitingReason.None ? "" : $", waiting: {run.Waiting}";
            text.WriteLine($"  {run.Run} epoch {run.Epoch}: {run.Phase}{progress}{waiting}");
        }
    }
}
