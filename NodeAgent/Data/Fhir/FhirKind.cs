using System.Text.Json;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>A bulk export has one kind of resource in each file, and a source one in all of its files: columns of two kinds would be missing for one of them.</summary>
/// <param name="declared">Null for that of the first line.</param>
internal sealed class FhirKind(string? declared)
{
    private string? kind = declared;

    /// <summary>What is wrong with the resource, in words; null if it is of this kind.</summary>
    public string? Fault(JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object || !resource.TryGetProperty("resourceType", out var told) || told.ValueKind != JsonValueKind.String)
        {
            return "no FHIR resource: it has no 'resourceType'.";
        }

        kind ??= told.GetString()!;
        return told.ValueEquals(kind) ? null : $"another kind of resource than {kind}. A source holds one kind; 'resource' says which.";
    }
}
