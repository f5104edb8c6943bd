using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Reviews;

/// <summary>What a reviewer says of code.</summary>
[JsonConverter(typeof(ExactEnumJsonConverter<ReviewVerdict>))]
public enum ReviewVerdict
{
    /// <summary>It may run, as far as this reviewer is concerned.</summary>
    Approved,

    /// <summary>It may not. Stands until the same reviewer says otherwise.</summary>
    Rejected,

    /// <summary>It was approved before, and may not run any more.</summary>
    Revoked,
}
