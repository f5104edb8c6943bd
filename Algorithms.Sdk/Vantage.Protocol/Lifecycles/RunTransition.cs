using System.Text.Json.Serialization;

namespace Vantage.Protocol.Lifecycles;

/// <summary>Why a run did not move. Named, so that the asker can act on it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunRefusal>))]
public enum RunRefusal
{
    /// <summary>Another epoch owns the run: stop working on it.</summary>
    StaleEpoch,

    /// <summary>The run has ended already; the message changes nothing.</summary>
    AlreadyEnded,

    /// <summary>Somebody owns the run already.</summary>
    AlreadyClaimed,

    /// <summary>Nobody owns the run, so there is nothing to report or commit.</summary>
    NotClaimed,

    /// <summary>The signed <c>notAfter</c> has passed.</summary>
    PastNotAfter,

    /// <summary>The phase cannot be reached from where the run is.</summary>
    OutOfOrder,

    /// <summary>A node can't end a run this way: expiry and loss are the Coordinator's to state.</summary>
    NotANodesOutcome,
}

/// <summary>What an event did to a run.</summary>
public abstract record RunTransition
{
    private RunTransition() { }

    /// <summary>The run moved to <paramref name="State"/>.</summary>
    public sealed record Moved(RunState State) : RunTransition;

    /// <summary>Nothing to do: the event had its effect already, or brings no news.</summary>
    public sealed record Absorbed : RunTransition;

    /// <summary>The event has no right to move this run.</summary>
    public sealed record Refused(RunRefusal Reason) : RunTransition;
}
