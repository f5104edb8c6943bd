namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>A FHIR bulk export of one kind of resource: a file with a resource a line, or several such.</summary>
internal sealed record FhirSettings : SourceSettings
{
    public required string Path { get; init; }

    /// <summary>Its columns in their order, and where in a resource their cells stand.</summary>
    public required IReadOnlyDictionary<string, FhirPath> Paths { get; init; }

    /// <summary>Such as Observation; null for that of the first line.</summary>
    public string? Resource { get; init; }

    /// <summary>Texts that mean "missing", besides what is not there.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public override string Place => Path;

    public override IDataSource Open() => new FhirSource(this);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Task.FromResult(FileSources.Look(new FhirFaults(this), Path));
}
