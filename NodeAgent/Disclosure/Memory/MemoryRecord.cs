using System.Text.Json.Serialization;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>What the node remembers of answers, durable before one leaves.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Began), "began")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Kept), "kept")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(Spent), "spent")]
[JsonDerivedType(typeof(Forgotten), "forgotten")]
internal abstract record MemoryRecord
{
    private MemoryRecord() { }

    /// <summary>The first record: without the key under which rows were looked at, no row is known again.</summary>
    public sealed record Began(int V, byte[] Key) : MemoryRecord;

    /// <summary>An answer about rows that none was about before, or the count of one, or both. All of it or nothing.</summary>
    public sealed record Answered(DateTimeOffset At, IReadOnlyList<KeptScope> Scopes, string Id, OrganizationId Requester, IReadOnlyList<string> Counted, long Bytes)
        : MemoryRecord
    {
        /// <summary>Tables that it told and none before did; null if there are none.</summary>
        public IReadOnlyList<KeptTables>? Tables { get; init; }
    }

    /// <summary>What is left of an answer when the file is written anew: its rows.</summary>
    public sealed record Kept(DateTimeOffset At, KeptScope Scope) : MemoryRecord;

    /// <summary>And its tables.</summary>
    public sealed record Told(KeptTables Tables) : MemoryRecord;

    /// <summary>And that it counts, on its day.</summary>
    public sealed record Spent(string Dataset, OrganizationId Requester, DateOnly Day, string Id, long Bytes) : MemoryRecord;

    /// <summary>The site's admin took responsibility for what is known of it.</summary>
    public sealed record Forgotten(string Dataset, DateTimeOffset At, string By) : MemoryRecord;
}

/// <param name="Complete">With <paramref name="CompleteRows"/>, or both null.</param>
internal sealed record KeptScope(
    string Dataset, long Rows, byte[] All, long? CompleteRows = null,
    // Written as it is, null would become no bytes.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Complete = null)
{
    public static KeptScope Of(RowScope scope) => new(scope.Dataset, scope.All.Rows, scope.All.ToBytes(), scope.Complete?.Rows, scope.Complete?.ToBytes());

    public RowScope Open() => new(Dataset, RowSketch.Of(Rows, All), Complete is null ? null : RowSketch.Of(CompleteRows ?? -1, Complete));
}

/// <summary>Tables about the same rows of a source: what left, and of which columns.</summary>
internal sealed record KeptTables(string Dataset, long Rows, byte[] All, IReadOnlyList<ToldTable> Tables)
{
    public RowSketch Open() => RowSketch.Of(Rows, All);
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MemoryRecord))]
internal sealed partial class MemoryJson : JsonSerializerContext;
