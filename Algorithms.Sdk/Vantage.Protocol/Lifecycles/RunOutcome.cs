using System.Text.Json.Serialization;

namespace Vantage.Protocol.Lifecycles;

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    /// <summary>A sealed result was committed.</summary>
    Succeeded,

    /// <summary>The node tried and could not; a stable code says why in the clear, the detail is sealed.</summary>
    Failed,

    /// <summary>The node's own rules said no; the rule is named in a sealed detail.</summary>
    Refused,

    /// <summary>Somebody with the right to do so cancelled it before it was committed.</summary>
    Cancelled,

    /// <summary>The signed <c>notAfter</c> passed first.</summary>
    Expired,

    /// <summary>The node's lease lapsed under the <c>fail</c> policy.</summary>
    Lost,
}
