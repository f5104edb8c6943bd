using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>A FHIR bulk export of one kind of resource: a file with a resource a line, or several such.</summary>
internal sealed record FhirSettings : FileSettings
{
    /// <summary>Its columns in their order, and where in a resource their cells stand.</summary>
    public required IReadOnlyDictionary<string, FhirPath> Paths { get; init; }

    /// <summary>Such as Observation; null for that of the first line.</summary>
    public string? Resource { get; init; }

    public override IDataSource Open() => new FhirSource(this);
}
