using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data;

/// <summary>One entry of <c>sources:</c> in node.yaml.</summary>
internal abstract record SourceSettings
{
    public required string Id { get; init; }

    /// <summary>Declared types. A column that is not listed holds what is found in it.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>What columns mean, as the admin says it: for people, and for the catalogue.</summary>
    public IReadOnlyList<ColumnMeaning> Meanings { get; init; } = [];

    /// <summary>Where the data are, as the node's admin knows it. It is not for others.</summary>
    public abstract string Place { get; }

    public abstract IDataSource Open();

    /// <summary>Looks whether the data can be had, without reading them; what it finds in words. Throws <see cref="SourceException"/>.</summary>
    public abstract Task<string> LookAsync(CancellationToken cancellationToken);
}
