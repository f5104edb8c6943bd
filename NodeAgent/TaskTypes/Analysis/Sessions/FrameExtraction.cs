using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>A run's own copy of what it may see of a frame, as of any source.</summary>
internal static class FrameExtraction
{
    public static async Task<Extraction> ExtractAsync(
        FrameShelf? shelf, RunOrder order, RunPermit permit, DataRef data, ColumnChoice choice, string path, CancellationToken cancellationToken)
    {
        if (SessionKey.Of(order.Manifest, order.Requester) is not { } session || shelf?.Find(session, data.Id, data.Version) is not { } frame)
        {
            return new Extraction.Failed(RunCodes.DataUnavailable,
                $"There is no frame '{data.Id}' of your organization in session '{order.Manifest.Session}' here any more. Prepare it again.");
        }

        var allowed = FrameGrants.Allowed(permit.Rule, frame.Record.Shape);
        var taken = await FrameMaker.Open(shelf.Use(frame)).ExtractAsync(choice with { Allowed = allowed }, path, cancellationToken);
        if (taken is Extraction.Done { Snapshot.Content: var content } && content != frame.Record.Content)
        {
            File.Delete(path);
            return new Extraction.Failed(RunCodes.DataUnavailable,
                $"Frame '{data.Id}' is damaged on this node's disk, so nothing was computed on it. End it ('vantage session end {order.Manifest.Session} --only {data.Id}') and prepare it again.");
        }

        return taken is Extraction.Done { Snapshot: var seen }
            ? new Extraction.Done(seen with
            {
                Frame = new(
                    frame.Record.Shape.Of(frame.Record.Version).Columns.ToDictionary(c => c.Name, c => c.Made!, StringComparer.Ordinal),
                    [.. (frame.Record.Within ?? []).Select(kept => kept.Open())]),
            })
            : taken;
    }
}
