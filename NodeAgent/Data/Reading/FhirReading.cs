using Vantage.NodeAgent.Data.Fhir;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>What a source of <c>format: fhir</c> says besides its id and path.</summary>
internal static class FhirReading
{
    public static FhirSettings Read(YamlSection section, string id, string path, IReadOnlyDictionary<string, ColumnType> types)
    {
        var paths = new Dictionary<string, FhirPath>(StringComparer.Ordinal);
        if (section.Section("paths") is { } declared)
        {
            foreach (var column in declared.Keys)
            {
                if (declared.Text(column) is { } text && FhirPath.Parse(text) is { } parsed)
                {
                    paths[column] = parsed;
                }
                else
                {
                    declared.Problem(column, "A path is names with dots between them, such as subject.reference or code.coding[system=http://loinc.org].code.");
                }
            }

            declared.Done();
        }

        if (paths.Count == 0)
        {
            section.Problem("A source of FHIR resources says under 'paths' which columns there are, and where in a resource each stands.");
        }

        return new() { Id = id, Path = path, Paths = paths, Resource = section.Text("resource"), Missing = section.Texts("missing"), Types = types };
    }
}
