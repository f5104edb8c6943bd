namespace Vantage.Protocol.Dictionaries;

/// <summary>The types by the words of Table Schema.</summary>
internal static class VariableTypes
{
    private static readonly Dictionary<string, VariableType> All = new(StringComparer.Ordinal)
    {
        ["number"] = VariableType.Number, ["integer"] = VariableType.Integer, ["boolean"] = VariableType.Boolean,
        ["string"] = VariableType.String, ["date"] = VariableType.Date, ["datetime"] = VariableType.Datetime, ["year"] = VariableType.Year,
    };

    public static string Names => string.Join(", ", All.Keys);

    public static VariableType? Find(string word) => All.TryGetValue(word, out var type) ? type : null;
}
