using System.Globalization;
using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Egress;

/// <summary>What a run really sent where, and when it has had enough.</summary>
internal sealed class EgressMeter(IReadOnlyList<EgressGrant> granted, long most)
{
    private readonly Dictionary<string, Use> uses = granted.ToDictionary(grant => grant.Authority, _ => new Use(), StringComparer.Ordinal);
    private long total;
    private int refused;

    public bool IsFull => Interlocked.Read(ref total) > most;

    public void Connected(EgressGrant place) => Interlocked.Increment(ref uses[place.Authority].Connections);

    public void Refused() => Interlocked.Increment(ref refused);

    /// <summary>False once it is more than the run may.</summary>
    public bool Passed(EgressGrant place, long bytes, bool isOutward)
    {
        var use = uses[place.Authority];
        Interlocked.Add(ref isOutward ? ref use.Sent : ref use.Received, bytes);
        return Interlocked.Add(ref total, bytes) <= most;
    }

    /// <summary>For the receipt and the node's log: places, connections and bytes, and nothing of what was said.</summary>
    public string Text => string.Join("; ", granted.Select(Line)
        .Concat(refused > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{refused} requests refused")] : [])
        .Concat(IsFull ? [string.Create(CultureInfo.InvariantCulture, $"ended at the limit of {most >> 20} MiB")] : []));

    private string Line(EgressGrant place) => uses[place.Authority] is { Connections: > 0 } use
        ? string.Create(CultureInfo.InvariantCulture, $"{place.Authority} ({use.Connections} connections, {use.Sent} bytes sent, {use.Received} received)")
        : $"{place.Authority} (not used)";

    private sealed class Use
    {
        public int Connections;
        public long Sent;
        public long Received;
    }
}
