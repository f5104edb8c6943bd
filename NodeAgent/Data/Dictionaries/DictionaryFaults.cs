using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>What can be wrong with data that speak a dictionary: which site and column, what was found, what is expected. Never a value, nor how many.</summary>
/// <param name="source">The source's id.</param>
/// <param name="mapping">What it speaks.</param>
/// <param name="site">How people call this site; null where only its own people read it.</param>
internal sealed class DictionaryFaults(string source, SourceMapping mapping, string? site = null)
    : SourceFaults(site is null ? $"source '{source}'" : $"Site {site}, source '{source}'")
{
    private string Words => mapping.Dictionary.Ref.Words;

    private string Look => $"The node's admin looks with: vantage node data check {source} --dictionary {Words}";

    /// <summary>The site's own columns are not for others; the variables' names are everybody's.</summary>
    public SourceException NoVariable(string asked, IEnumerable<string> visible) => new(RunCodes.ArgumentsInvalid,
        $"{Source} speaks dictionary {Words} and has no variable '{asked}' that this request may see."
        + (NearestName.Find(asked, visible) is { } near ? $" Did you mean '{near}'?" : ""));

    public SourceException Absent(Variable variable) => new(RunCodes.DataUnavailable,
        $"{Source}, variable '{variable.Name}': expected {variable.Expected} ({Words}), found nothing: this site has no such data."
        + " Leave the variable out, or ask without this site.");

    public SourceException NoColumn(Variable variable, IReadOnlyList<string> missing) => new(RunCodes.DataUnavailable,
        $"{Source}, variable '{variable.Name}': expected {variable.Expected} ({Words}), found no column {string.Join(", ", missing.Select(name => $"'{name}'"))}"
        + $" in the data. {Remedy(variable, missing.FirstOrDefault(name => mapping.Dictionary.Find(name) is not null))}");

    public SourceException Mismatch(VariableFindings found) => SourceException.Invalid(
        $"{Source}, variable '{found.Variable.Name}' ({Origin(found.Variable)}): expected {found.Variable.Expected} ({Words}), found"
        + $" {found.Wrong} (more than {VariableFindings.Tolerance * 100:0} %). {Look}");

    public SourceException Expression(Variable variable, string problem) => SourceException.Invalid(
        $"{Source}, variable '{variable.Name}': its expression in the source's mapping can't be computed: {problem}");

    public SourceException Pattern(Variable variable) => SourceException.Invalid(
        $"{Source}, variable '{variable.Name}': its pattern in dictionary {Words} is no regular expression of those that nodes read (RE2)."
        + " Whoever keeps the dictionary publishes a new version with another pattern.");

    public SourceException Uncomputable() => SourceException.Invalid(
        $"{Source}: it could not be brought into dictionary {Words}. {Look}");

    /// <param name="meant">A variable that an expression names as if it were a column.</param>
    private string Remedy(Variable variable, string? meant) => mapping.Of(variable).As is not null && meant is not null
        ? $"An expression is over the site's own columns, and '{meant}' is a variable of the dictionary: the node's admin writes what that one is made of."
        : "The node's admin names the column in the source's mapping, or says that it is absent.";

    private string Origin(Variable variable) => mapping.Of(variable).Source is { } column ? $"column '{column}'" : "computed";
}
