using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Dictionaries;

/// <summary>A person publishes a dictionary in a collaboration.</summary>
public sealed record DictionaryStatement
{
    public const string JwsType = "vantage-dictionary+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required CollaborationId Collaboration { get; init; }

    /// <summary>Name, version and digest of <see cref="Text"/>.</summary>
    public required DictionaryRef Dictionary { get; init; }

    /// <summary>The dictionary, character for character.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}
