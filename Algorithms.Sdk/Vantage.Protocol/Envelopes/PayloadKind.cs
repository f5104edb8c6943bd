using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Envelopes;

/// <summary>What a sealed payload is; part of the envelope's context, so that one can't pass for another.</summary>
[JsonConverter(typeof(ExactEnumJsonConverter<PayloadKind>))]
public enum PayloadKind
{
    /// <summary>Arguments for one run, from the client to a node. Everything else is made by a node.</summary>
    Input,

    /// <summary>An inner receipt and the algorithm's output.</summary>
    Result,

    /// <summary>An inner receipt and the detail of a failure or refusal.</summary>
    Error,

    /// <summary>What the algorithm logged.</summary>
    Log,

    /// <summary>Part of a dataset on its way between nodes.</summary>
    Dataset,
}
