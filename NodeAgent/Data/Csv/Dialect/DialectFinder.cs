using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Csv.Dialect;

/// <summary>
/// How a CSV source is written, found once, when it is declared; from then on it is read as declared. What can be two
/// things is named and asked for, never guessed.
/// </summary>
internal static class DialectFinder
{
    /// <param name="settings">What was said about it.</param>
    /// <param name="said">The keys of node.yaml that were said: they stand.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static FoundDialect Find(CsvSourceSettings settings, IReadOnlySet<string> said, CancellationToken cancellationToken)
    {
        var (faults, own) = (new CsvFaults(settings), new CsvSourceSettings { Id = "", Path = "" });
        var files = FileSources.List(faults, settings.Path);
        var found = settings;
        found = said.Contains("encoding") ? found : found with { Encoding = EncodingFinder.Find(faults, files[0]) };
        var (delimiter, skip) = DelimiterFinder.Find(found, said, faults, files[0]);
        found = found with { Delimiter = delimiter, Skip = skip };
        var columns = Columns(found, files, cancellationToken);
        found = said.Contains("decimal") ? found : found with { Decimal = Decimal(columns, found, faults) };
        var dates = columns.Where(column => !settings.Types.ContainsKey(column.Name) && !settings.Dates.ContainsKey(column.Name))
            .Select(column => (column.Name, Form: Date(column.Name, column.Dialect.Dates, faults))).Where(date => date.Form is { IsIso: false });
        return new(Keys().Where(found => !said.Contains(found.Key)).Select(found => (found.Key, found.Key == "skip" ? found.Value : Quoted(found.Value))).ToList(),
            [.. dates.Select(date => (Quoted(date.Name), Quoted(date.Form!.Name)))]);

        IEnumerable<(string Key, string Value)> Keys()
        {
            if (found.Encoding != own.Encoding)
            {
                yield return ("encoding", found.Encoding.Name);
            }

            if (found.Skip != own.Skip)
            {
                yield return ("skip", $"{found.Skip}");
            }

            if (found.Delimiter != own.Delimiter)
            {
                yield return ("delimiter", found.Delimiter == '\t' ? "tab" : $"{found.Delimiter}");
            }

            if (found.Decimal != own.Decimal)
            {
                yield return ("decimal", $"{found.Decimal}");
            }
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static (string Name, ColumnDialect Dialect)[] Columns(CsvSourceSettings settings, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        using var rows = new FileRows(new CsvFaults(settings), files, (file, content) => new CsvRows(settings with { Path = file }, content));
        var columns = rows.Columns.Select(name => (Name: name, Dialect: new ColumnDialect(settings.Missing))).ToArray();
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].Dialect.Look(rows.Cell(i));
            }
        }

        return columns;
    }

    /// <summary>Columns that say otherwise than each other are left to the reading, which names the cell.</summary>
    private static char Decimal(IReadOnlyList<(string Name, ColumnDialect Dialect)> columns, CsvSourceSettings settings, CsvFaults faults)
    {
        var numbers = columns.Where(column => column.Dialect.Decimal is not null && !settings.Types.ContainsKey(column.Name)).ToList();
        var marks = numbers.Select(column => column.Dialect.Decimal!.Value).Distinct().ToList();
        if (marks is not [var mark])
        {
            return settings.Decimal;
        }

        // Where a comma stands between cells, nobody writes thousands with points.
        return numbers.All(column => column.Dialect.MayBeThousands) && (mark == ',' || settings.Delimiter != ',')
            ? throw faults.Thousands(numbers[0].Name, mark)
            : mark;
    }

    private static DateForm? Date(string column, IReadOnlyList<DateForm> forms, CsvFaults faults) => forms.Count switch
    {
        0 => null,
        1 => forms[0],
        _ => throw faults.WhichDate(column, forms[0].Name, forms[1].Name),
    };
}

/// <summary>Keys and values for node.yaml, as YAML writes them. What is as by itself is left out.</summary>
internal sealed record FoundDialect(IReadOnlyList<(string Key, string Value)> Keys, IReadOnlyList<(string Column, string Form)> Dates);
