using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Keeping;

/// <summary>What the node remembers of a frame. All but the last three never changes.</summary>
internal sealed record FrameRecord
{
    public required int V { get; init; }

    public required SessionKey Session { get; init; }

    public required string Name { get; init; }

    /// <summary>Of steps and of the content of what they were done on.</summary>
    public required Digest Version { get; init; }

    /// <summary>Of the steps alone.</summary>
    public required Digest Recipe { get; init; }

    /// <summary>Of the rows as they lie on the disk.</summary>
    public required Digest Content { get; init; }

    public required FrameShape Shape { get; init; }

    /// <summary>The rows of tables of which its own are some, or all: of the one it was made of, and of those that one was made of. None where rows became groups.</summary>
    public IReadOnlyList<KeptScope>? Within { get; init; }

    public required long Rows { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    public required UserId PreparedBy { get; init; }

    /// <summary>The newest of a name is the one that the name stands for.</summary>
    public required DateTimeOffset NamedAt { get; init; }

    public required DateTimeOffset UsedAt { get; init; }

    /// <summary>Unused for so long, it goes: what the rule said that last prepared it.</summary>
    public required int Days { get; init; }

    public DateTimeOffset KeptUntil => UsedAt + TimeSpan.FromDays(Days);

    /// <param name="rows">As they may be told.</param>
    public FrameReport Report(bool cached, long? rows) => new(
        Name, Version, Recipe, [.. Shape.Columns.Select(c => new FrameColumn(c.Name, c.Type))], rows, cached, PreparedAt, KeptUntil);
}

/// <param name="Folder">Where it lies.</param>
internal sealed record KeptFrame(FrameRecord Record, string Folder)
{
    public string Path => System.IO.Path.Combine(Folder, FrameShelf.Rows);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FrameRecord))]
internal sealed partial class FrameRecordJson : JsonSerializerContext;
