using System.Text.Json.Serialization;

namespace Vantage.Protocol.Lifecycles;

/// <summary>How a task settled, once all its runs have ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskOutcome>))]
public enum TaskOutcome
{
    /// <summary>Every run succeeded.</summary>
    Succeeded,

    /// <summary>Some runs succeeded, others did not.</summary>
    Partial,

    /// <summary>No run succeeded, and at least one failed or was lost.</summary>
    Failed,

    /// <summary>No run succeeded: all were refused by their nodes.</summary>
    Refused,

    /// <summary>No run succeeded or failed, and at least one was cancelled.</summary>
    Cancelled,

    /// <summary>No run succeeded, failed or was cancelled, and at least one expired.</summary>
    Expired,
}
