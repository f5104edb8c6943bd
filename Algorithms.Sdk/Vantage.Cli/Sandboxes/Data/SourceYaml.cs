using System.Text;

namespace Vantage.Cli.Sandboxes.Data;

/// <summary>A site's file as the <c>sources:</c> of its node.yaml.</summary>
internal static class SourceYaml
{
    public static string Of(string id, SiteData site)
    {
        var text = new StringBuilder($"\nsources:\n  - id: {id}\n    path: {Quoted(site.Path)}\n");
        if (site.Format == FileFormat.Csv)
        {
            // What says itself how it is written has no dialect, whatever was declared for all files.
            Add("delimiter", site.Dialect.Delimiter);
            Add("decimal", site.Dialect.Decimal);
            Add("encoding", site.Dialect.Encoding);
            Add("quote", site.Dialect.Quote);
            text.Append(site.Dialect.Header ? "" : "    header: false\n");
        }

        if (site.Dialect.Missing is { } missing)
        {
            text.Append($"    missing: [{string.Join(", ", missing.Select(Quoted))}]\n");
        }

        if (site.Dialect.Texts.Count > 0)
        {
            text.Append($"    types:\n{string.Concat(site.Dialect.Texts.Select(column => $"      {Quoted(column)}: text\n"))}");
        }

        if (site.Dictionary is { } spoken)
        {
            text.Append($"    dictionary:\n      file: {Quoted(spoken.File)}\n{(spoken.Mapping is { } mapping ? $"      mapping: {Quoted(mapping)}\n" : "")}");
        }

        return text.ToString();

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                text.Append($"    {key}: {Quoted(value)}\n");
            }
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
