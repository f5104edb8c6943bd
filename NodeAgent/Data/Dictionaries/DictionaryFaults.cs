using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>What can be wrong with data that speak a dictionary: which column, what was found, what is expected. Never a value, nor how many.</summary>
internal sealed class DictionaryFaults(string source, SourceMapping mapping) : SourceFaults($"source '{source}'")
{
    /// <summary>The site's own columns are not for others; the variables' names are everybody's.</summary>
    public SourceException NoVariable(string asked, IEnumerable<string> visible) => new(RunCodes.ArgumentsInvalid,
        $"{Source} speaks dictionary {mapping.Dictionary.Ref.Words} and has no variable '{asked}' that this request may see."
        + (NearestName.Find(asked, visible) is { } near ? $" Did you mean '{near}'?" : ""));

    public SourceException Absent(Variable variable) => new(RunCodes.DataUnavailable,
        $"{Source}, variable '{variable.Name}': expected {variable.Expected} ({mapping.Dictionary.Ref.Words}), found nothing: this site has no such data."
        + " Leave the variable out, or ask without this site.");

    public SourceException NoColumn(Variable variable, IEnumerable<string> missing) => new(RunCodes.DataUnavailable,
        $"{Source}, variable '{variable.Name}': expected {variable.Expected} ({mapping.Dictionary.Ref.Words}), found no column {string.Join(", ", missing.Select(name => $"'{name}'"))}"
        + " in the data. The node's admin names the column under 'dictionary' in node.yaml, or says that it is absent.");

    public SourceException Mismatch(Variable variable, Misfit misfit) => SourceException.Invalid(
        $"{Source}, variable '{variable.Name}' ({Origin(variable)}): expected {variable.Expected} ({mapping.Dictionary.Ref.Words}), found"
        + $" {VariableFindings.Found(misfit)} in more than {VariableFindings.Tolerance * 100:0} % of what is there. The node's admin looks with: vantage node data check {source.Replace("'", "", StringComparison.Ordinal)}");

    public SourceException Expression(Variable variable, string problem) => SourceException.Invalid(
        $"{Source}, variable '{variable.Name}': its expression under 'dictionary' in node.yaml can't be computed: {problem}");

    private string Origin(Variable variable) => mapping.Of(variable).Source is { } column ? $"column '{column}'" : "computed";
}
