using System.Text;
using Federation.Tests.Failures.Points;

namespace Federation.Tests.Failures.Documents;

/// <summary>The printed part of <c>docs/failure-modes.md</c>: between two marks, so that people can write around it.</summary>
internal static class FailureModesPage
{
    private const string Begin = "<!-- printed: what each failpoint ends in -->\n";
    private const string End = "<!-- printed until here -->\n";

    public static string Renew(string page)
    {
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        return page[..from] + Print() + page[to..];
    }

    private static string Print()
    {
        var text = new StringBuilder();
        Append(text, "### The Coordinator", "Coordinator", CoordinatorFailpoints.All);
        Append(text, "### A node", "NodeAgent", NodeFailpoints.All);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, string program, IReadOnlyList<FailpointCase> cases)
    {
        var files = FailpointSources.Of(program);
        text.Append(title).Append("\n\n| killed at | in | what is on the disk by then | what it ends in |\n|---|---|---|---|\n");
        foreach (var point in cases)
        {
            text.Append("| `").Append(point.Name).Append('`').Append(point.Nth > 1 ? $" (hit {point.Nth})" : "")
                .Append(point.Torn ? ", halfway" : "")
                .Append(" | `").Append(files[point.Name].FirstOrDefault() ?? "?")
                .Append("` | ").Append(point.Durable).Append(" | ").Append(point.Ends).Append(" |\n");
        }

        text.Append('\n');
    }
}
