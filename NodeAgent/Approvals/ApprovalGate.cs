using System.Text.Json.Serialization;

namespace Vantage.NodeAgent.Approvals;

/// <summary>Where a run waits for a person of the site.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalGate>))]
internal enum ApprovalGate
{
    /// <summary>Before data are touched.</summary>
    [JsonStringEnumMemberName("before-run")]
    BeforeRun,

    /// <summary>Before anything of what was computed leaves.</summary>
    [JsonStringEnumMemberName("before-release")]
    BeforeRelease,
}

[JsonConverter(typeof(JsonStringEnumConverter<ApprovalWord>))]
internal enum ApprovalWord
{
    [JsonStringEnumMemberName("approved")]
    Approved,

    [JsonStringEnumMemberName("denied")]
    Denied,

    /// <summary>Nobody answered in time, which is no.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
}
