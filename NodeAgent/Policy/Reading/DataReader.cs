using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>data:</c> of a rule: one item a source, with the columns that may be seen.</summary>
internal static class DataReader
{
    public static IReadOnlyList<DataGrant> Read(YamlSection rule)
    {
        if (!rule.Has("data"))
        {
            rule.Problem("'data' is missing: a list of '- source: ID' items, or [] for functions that see no data.");
        }

        var grants = new List<DataGrant>();
        foreach (var item in rule.Sections("data"))
        {
            var source = item.RequiredText("source", "the id of a source in node.yaml");
            if (source.Length > 0 && grants.Any(g => g.Source == source))
            {
                item.Problem("source", $"Source '{source}' is listed twice in this rule.");
            }

            var columns = RuleLists.Texts(item, "columns");
            if (columns is { Count: 0 })
            {
                item.Problem("columns", "No column is listed: name some, or leave the line out for all.");
            }

            item.Done();
            grants.Add(new(source, columns));
        }

        return grants;
    }
}
