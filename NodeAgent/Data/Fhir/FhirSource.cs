using Vantage.NodeAgent.Data.Files;
using Vantage.NodeAgent.Data.Json;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>
/// A FHIR bulk export as a source, read by the framework's own JSON reader: a stream, a line at a time, and a fault has a
/// line and a path.
/// </summary>
internal sealed class FhirSource(FhirSettings settings) : FileSource(settings)
{
    protected override Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var faults = new FhirFaults(settings);
        var kind = new FhirKind(settings.Resource);
        using var rows = new FileRows(faults, files, (file, content) => new FhirRows(settings, kind, new JsonLines(file, content, faults), faults));
        return Copy(rows, new CellRules('.', settings.Missing, settings.Types), columns, path, cancellationToken);
    }
}
