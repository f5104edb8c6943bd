using Vantage.DuckDb;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>One file of <c>sources:</c> that DuckDB reads.</summary>
internal sealed record DuckFileSettings : SourceSettings
{
    public required string Path { get; init; }

    public required DuckFormat Format { get; init; }

    /// <summary>Texts and numbers that mean "missing", besides what the format itself leaves out.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public DuckCaps Caps { get; init; } = new();

    public override string Place => Path;

    public override IDataSource Open() => new DuckFileSource(this);

    public override Task<string> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(FileSources.Look(new DuckFaults(this), Path));
}
