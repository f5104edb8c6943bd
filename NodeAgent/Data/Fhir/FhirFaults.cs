namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>What can be wrong with a bulk export, in words.</summary>
internal sealed class FhirFaults(FhirSettings settings) : SourceFaults(FileSources.Words(settings.Id, settings.Path))
{
    public SourceException At(string where, string problem) => SourceException.Invalid($"{Source}: {where}: {problem}");

    public SourceException At(string where, string column, string problem) => SourceException.Invalid(
        $"{Source}: {where}, column '{column}' ({settings.Paths[column].Text}): {problem}");

    public SourceException LineTooLong(string where, int mebibytes) => At(where, $"a line of more than {mebibytes} MiB. One line is one resource.");

    public SourceException NotANumber(string where, string column) => At(where, column,
        "not a number, though the source's 'types' say that the column holds numbers. Are all codes for missing values listed under 'missing'?");
}
