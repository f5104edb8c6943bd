using Vantage.NodeAgent.Data.Json;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>What can be wrong with a bulk export, in words.</summary>
internal sealed class FhirFaults(FhirSettings settings) : JsonFaults(settings.Words, "resource")
{
    public override SourceException At(string where, string column, string problem) => SourceException.Invalid(
        $"{Source}: {where}, column '{column}' ({settings.Paths[column].Text}): {problem}");
}
