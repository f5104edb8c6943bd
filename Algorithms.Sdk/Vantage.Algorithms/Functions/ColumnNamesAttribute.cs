using System.Text.Json.Serialization.Metadata;

namespace Vantage.Algorithms.Functions;

/// <summary>
/// Marks an argument whose value is a column's name, or a list of them. Nodes then give the function these columns and no
/// others: what it does not ask for, it does not see.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnNamesAttribute : Attribute
{
    /// <summary>The JSON names of the arguments so marked; null if there is none.</summary>
    internal static IReadOnlyList<string>? In(JsonTypeInfo arguments)
    {
        var names = arguments.Properties
            .Where(p => p.AttributeProvider?.IsDefined(typeof(ColumnNamesAttribute), inherit: false) ?? false)
            .Select(p => p.Name)
            .ToList();
        return names.Count > 0 ? names : null;
    }
}
