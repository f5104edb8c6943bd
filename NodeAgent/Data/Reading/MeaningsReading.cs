using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary><c>columns:</c> of a source: what its columns mean, for the catalogue. Nothing is computed by it.</summary>
internal static class MeaningsReading
{
    public static IReadOnlyList<ColumnMeaning> Read(YamlSection source)
    {
        if (source.Section("columns") is not { } columns)
        {
            return [];
        }

        var meanings = new List<ColumnMeaning>();
        foreach (var name in columns.Keys.ToList())
        {
            if (columns.Section(name) is not { } column)
            {
                columns.Problem(name, $"'{name}' holds 'title', 'unit' and 'labels' lines of its own.");
                continue;
            }

            var labels = column.Section("labels") is { } section ? section.Keys.ToList().Select(value => new ValueMeaning(value, section.Text(value))).ToList() : null;
            meanings.Add(new ColumnMeaning(name, column.Text("title"), column.Text("unit"), labels, null));
            column.Done();
        }

        return meanings;
    }
}
