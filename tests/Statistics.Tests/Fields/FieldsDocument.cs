using System.Text;
using Vantage.Statistics;

namespace Statistics.Tests.Fields;

/// <summary>Prints <c>docs/statistics/fields.md</c>: what each field of each result means, from the comments that the SDK has of it.</summary>
internal static class FieldsDocument
{
    public static string Print()
    {
        var comments = new Comments(typeof(StandardLibrary).Assembly);
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (var (analysis, result) in ResultTypes.OfAnalyses)
            page.Append($"| `{analysis}` | {Link(result)} |\n");
        foreach (var type in ResultTypes.All)
        {
            page.Append($"\n## {type.Name}\n\n");
            if (comments.Of(type) is { Length: > 0 } about)
                page.Append(about).Append("\n\n");
            if (type.BaseType!.Assembly == type.Assembly)
                page.Append($"All fields of {Link(type.BaseType)}").Append(ResultTypes.PropertiesOf(type).Count > 0 ? ", and:\n\n" : ".\n");
            if (ResultTypes.PropertiesOf(type).Count == 0)
                continue;
            page.Append("| field | means |\n|---|---|\n");
            foreach (var property in ResultTypes.PropertiesOf(type))
                page.Append($"| `{Comments.JsonName(property.Name)}` | {comments.Of(property)} |\n");
        }

        return page.ToString();
    }

    private static string Link(Type type) => $"[{type.Name}](#{type.Name.ToLowerInvariant()})";

    private const string Introduction =
        """
        # What the fields of results mean

        The JSON that `vantage task result TASK --json` prints, and the records of the SDK for .NET, which have the same names with capital
        letters. Printed by a test from the comments of the library (`VANTAGE_PRINT_DOCS=1` with `tests/Statistics.Tests`).

        | analysis | answers |
        |---|---|
        """;
}
