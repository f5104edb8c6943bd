using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Checking;

/// <summary>How a variable stands at a site, as it may be shown to others: no values, and no count that tells of few people.</summary>
/// <param name="Name">Of the variable.</param>
/// <param name="From">The site's column, or that it is computed.</param>
/// <param name="Expected">By the dictionary.</param>
/// <param name="Found">What is wrong; null if nothing is.</param>
/// <param name="MissingPercent">Of the rows, in steps of 5.</param>
/// <param name="Misfits">By kind, how many values are missing to a run since they do not fit: tens, and "fewer than 10".</param>
/// <param name="Conversion">Units that are converted, such as <c>mg/dL to mmol/L</c>.</param>
internal sealed record VariableView(string Name, VariableStatus Status, string? From, string Expected, string? Found, int? MissingPercent,
    IReadOnlyDictionary<string, string> Misfits, string? Conversion)
{
    private const int Step = 5;

    public static VariableView Of(SourceMapping mapping, VariableFindings found) =>
        new(found.Variable.Name, found.Wrong is null ? VariableStatus.Ok : VariableStatus.Mismatch, Origin(mapping, found.Variable), found.Variable.Expected, found.Wrong,
            found.Rows < VariableFindings.Fewest ? null : (int)Math.Round((found.Missing + found.Misfitting) * 100.0 / found.Rows / Step) * Step,
            found.Misfits.ToDictionary(misfit => $"{misfit.Key}".ToLowerInvariant(), misfit => Rounded(misfit.Value)), Converted(mapping, found.Variable));

    public static VariableView Absent(SourceMapping mapping, Variable variable, string found) =>
        new(variable.Name, VariableStatus.Missing, mapping.Of(variable).IsAbsent ? null : Origin(mapping, variable), variable.Expected, found, null, new Dictionary<string, string>(), null);

    private static string Origin(SourceMapping mapping, Variable variable) => mapping.Of(variable).Source is { } column ? $"column '{column}'" : "computed";

    private static string? Converted(SourceMapping mapping, Variable variable) => mapping.Of(variable) is { Unit: { } from } && variable.Unit is { } to && from != to ? $"{from} to {to}" : null;

    private static string Rounded(long count) => count < VariableFindings.Fewest ? "fewer than 10" : $"about {(count + 5) / 10 * 10}";
}
