using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Disclosure;

/// <summary>Where a node's <see cref="DisclosureRules"/> come from.</summary>
[JsonConverter(typeof(ExactEnumJsonConverter<DisclosurePreset>))]
public enum DisclosurePreset
{
    /// <summary>Nothing is held back. In a sandbox over one person's own files only.</summary>
    Off,

    /// <summary>What DataSHIELD's servers apply unless told otherwise.</summary>
    Datashield,

    /// <summary>What ACRO, the checker of research safe havens, applies unless told otherwise.</summary>
    Acro,

    /// <summary>The site's own numbers.</summary>
    Custom,
}
