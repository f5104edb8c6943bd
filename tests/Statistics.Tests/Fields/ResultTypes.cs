using System.Reflection;
using Vantage.Algorithms.Functions;
using Vantage.Statistics;

namespace Statistics.Tests.Fields;

/// <summary>The records that the library answers with, and those they are made of.</summary>
internal static class ResultTypes
{
    public static IReadOnlyList<(string Analysis, Type Result)> OfAnalyses { get; } =
    [
        .. from algorithm in StandardLibrary.Algorithms.Algorithms
           let central = algorithm.Functions.OfType<CentralFunction>().SingleOrDefault()
           where central is not null
           let result = central.GetType().GetGenericArguments()[1]
           where result.Assembly == typeof(StandardLibrary).Assembly
           orderby algorithm.Name
           select (algorithm.Name, result),
    ];

    /// <summary>Each once, where it is first met: a result, what it inherits, then what its properties hold.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. OfAnalyses.SelectMany(a => Within(a.Result)).Distinct()];

    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)];

    private static IEnumerable<Type> Within(Type type)
    {
        if (type.Assembly != typeof(StandardLibrary).Assembly)
            return [];
        return [type, .. Within(type.BaseType!), .. PropertiesOf(type).SelectMany(p => Held(p.PropertyType)).SelectMany(Within)];
    }

    private static IEnumerable<Type> Held(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Held) : [type];
}
