namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>A source that speaks a dictionary: whoever may see it sees the dictionary's variables, and nothing else of it.</summary>
internal sealed record MappedSettings : SourceSettings
{
    public required SourceSettings Inner { get; init; }

    public required SourceMapping Mapping { get; init; }

    public override string Place => Inner.Place;

    public override IDataSource Open() => new MappedSource(Inner.Open(), Mapping);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Inner.LookAsync(cancellationToken);
}
