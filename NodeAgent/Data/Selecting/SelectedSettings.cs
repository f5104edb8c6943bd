namespace Vantage.NodeAgent.Data.Selecting;

/// <summary>A source of which only some rows are offered: to whoever may see it, the others do not exist.</summary>
internal sealed record SelectedSettings : SourceSettings
{
    public required SourceSettings Inner { get; init; }

    /// <summary>A condition, as the steps of sessions have it.</summary>
    public required string Where { get; init; }

    public override string Place => Inner.Place;

    public override IDataSource Open() => new SelectedSource(Inner.Open(), Where);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Inner.LookAsync(cancellationToken);
}
