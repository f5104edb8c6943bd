namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>A source that speaks a dictionary: whoever may see it sees the dictionary's variables, and nothing else of it.</summary>
internal sealed record MappedSettings : SourceSettings
{
    public required SourceSettings Inner { get; init; }

    public required SourceMapping Mapping { get; init; }

    /// <summary>How people call this site, for those who asked several; null where only the site's own people read it.</summary>
    public string? Site { get; init; }

    public override string Place => Inner.Place;

    public override IDataSource Open() => new MappedSource(Inner.Open(), Mapping, Site);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Inner.LookAsync(cancellationToken);
}
