using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Checking;

/// <summary>A source held against a dictionary.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Dictionary">As <c>name@version</c>.</param>
/// <param name="Digest">The dictionary's.</param>
/// <param name="Ok">A run that asks for any variable that is there gets it, and none that is required lacks.</param>
/// <param name="Problem">Why the source could not be read at all.</param>
internal sealed record DictionaryView(string Source, string Dictionary, string Digest, bool Ok, IReadOnlyList<VariableView> Variables, string? Problem)
{
    public void Write(TextWriter text)
    {
        if (Problem is not null)
        {
            text.WriteLine($"FAIL {Problem}");
            return;
        }

        var there = Variables.Count(variable => variable.Status == VariableStatus.Ok);
        text.WriteLine($"{(Ok ? "ok  " : "FAIL")} {Source}: {there} of {Variables.Count} variables of {Dictionary} ({Digest})");
        var width = Variables.Max(variable => variable.Name.Length) + 2;
        foreach (var variable in Variables)
        {
            var mark = variable.Status switch { VariableStatus.Ok => "ok  ", VariableStatus.Mismatch => "FAIL", _ => "-   " };
            text.WriteLine($"  {mark} {variable.Name.PadRight(width)}{Words(variable)}");
        }
    }

    private static string Words(VariableView variable) => string.Join("; ", new[]
    {
        variable.From,
        variable.Conversion is { } units ? $"{units} converted" : null,
        variable.Found is { } found ? $"expected {variable.Expected}, found {found}" : null,
        variable.MissingPercent is { } missing ? $"{missing} % missing" : null,
        variable.Misfits.Count > 0 ? $"not taken: {string.Join(", ", variable.Misfits.Select(misfit => $"{misfit.Value} by {misfit.Key}"))}" : null,
    }.OfType<string>());
}
