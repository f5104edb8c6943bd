using System.Diagnostics.CodeAnalysis;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>One thing that another replica's nodes or watchers may wait for, in a few characters.</summary>
internal abstract record Wakeup
{
    private Wakeup() { }

    internal sealed record Claim(NodeId Node) : Wakeup
    {
        public override string ToString() => $"n{Node.Value:N}";
    }

    internal sealed record Look(NodeId Node) : Wakeup
    {
        public override string ToString() => $"l{Node.Value:N}";
    }

    internal sealed record Change(CollaborationId Collaboration) : Wakeup
    {
        public override string ToString() => $"c{Collaboration.Value:N}";
    }

    internal sealed record Stop(StopWork Work) : Wakeup
    {
        public override string ToString() =>
            $"s{Work.Node.Value:N}{Work.Order.Run.Value:N}{(int)Work.Order.Reason}.{Work.Order.Epoch}";
    }

    internal sealed record Statements : Wakeup
    {
        public override string ToString() => "k";
    }

    /// <summary>False for what a newer replica says and this one does not know.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Wakeup? wakeup)
    {
        wakeup = (text.Length > 0 ? text[0] : ' ') switch
        {
            'n' when Guid.TryParseExact(text.AsSpan(1), "N", out var node) => new Claim(NodeId.From(node)),
            'l' when Guid.TryParseExact(text.AsSpan(1), "N", out var node) => new Look(NodeId.From(node)),
            'c' when Guid.TryParseExact(text.AsSpan(1), "N", out var collaboration) => new Change(CollaborationId.From(collaboration)),
            's' => ParseStop(text),
            'k' when text.Length == 1 => new Statements(),
            _ => null,
        };
        return wakeup is not null;
    }

    private static Stop? ParseStop(string text) =>
        text.Length > 66 && text[65..].Split('.') is [var reason, var epoch]
        && Guid.TryParseExact(text.AsSpan(1, 32), "N", out var node) && Guid.TryParseExact(text.AsSpan(33, 32), "N", out var run)
        && int.TryParse(reason, out var why) && Enum.IsDefined((StopReason)why) && long.TryParse(epoch, out var of)
            ? new Stop(new StopWork(NodeId.From(node), new StopOrder(RunId.From(run), of, (StopReason)why)))
            : null;
}
