using System.Text.Json.Serialization;

namespace Vantage.Protocol.Lifecycles;

/// <summary>Where a run is in its life. How it ended is another question: <see cref="RunOutcome"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPhase>))]
public enum RunPhase
{
    /// <summary>Waits for its node, or an alternate, to claim it.</summary>
    Queued,

    /// <summary>A node owns it: this (run, epoch) and no other may commit.</summary>
    Leased,

    /// <summary>The node verifies, fetches the algorithm and prepares data.</summary>
    Preparing,

    /// <summary>The algorithm runs; a service is starting, serving or draining.</summary>
    Running,

    /// <summary>The output passed disclosure control and is being sealed for its recipients.</summary>
    Sealing,

    /// <summary>The sealed result is on the node's disk and on its way up.</summary>
    Uploading,

    /// <summary>Terminal. The outcome says how.</summary>
    Ended,
}
