namespace Vantage.NodeAgent.Data.Files;

/// <summary>One entry of <c>sources:</c> that is a file, or several of one kind.</summary>
internal abstract record FileSettings : SourceSettings
{
    /// <summary>A file, or a pattern such as <c>visits/*.csv</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What means "missing", besides empty cells.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public override string Place => Path;

    /// <summary>How messages call it.</summary>
    public string Words => FileSources.Words(Id, Path);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Task.FromResult(FileSources.Look(new SourceFaults(Words), Path));
}
