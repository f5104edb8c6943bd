using System.Text;
using Vantage.Client.Errors;

namespace Vantage.Cli.Sandboxes.Data;

/// <summary>
/// A look at the beginning of each file before anything is started: what can't become a table at all, or is plainly
/// written otherwise than declared, is said at once, of all files together.
/// </summary>
internal static class FirstLook
{
    public const string Code = "data-invalid";
    private const int Enough = 256 * 1024;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static IReadOnlyList<SiteData> At(IReadOnlyList<SiteData> sites)
    {
        var faults = new Dictionary<string, string[]>();
        var seen = new List<SiteData>();
        foreach (var site in sites)
        {
            var (told, fault) = Look(site);
            seen.Add(told);
            if (fault is not null)
            {
                faults[site.Words] = [fault];
            }
        }

        return faults.Count == 0 ? seen : throw new VantageException(Code,
            faults.Count == 1 ? $"{faults.Single().Key}: {faults.Single().Value[0]}" : $"{faults.Count} of {sites.Count} files can't be used as they are.",
            "Nothing was started and no file was changed.")
        {
            Errors = faults,
        };
    }

    private static (SiteData Site, string? Fault) Look(SiteData site)
    {
        try
        {
            if (Directory.Exists(site.Path))
            {
                return (site, "this is a folder, not a file.");
            }

            using var file = new FileStream(site.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[Enough];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Foreign(site.Format, bytes.AsSpan(0, length)) is { } foreign ? (site, foreign)
                : site.Format == FileFormat.Csv ? Look(site, Text(site.Dialect, bytes.AsSpan(0, length)), length < Enough)
                : (site, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (site, $"there is no file {site.Path}.");
        }
        catch (UnauthorizedAccessException)
        {
            return (site, $"you may not read {site.Path}. Check its permissions (ls -l), and those of its folders.");
        }
        catch (IOException e)
        {
            return (site, $"{site.Path} can't be read: {e.Message}");
        }
    }

    private static (SiteData Site, string? Fault) Look(SiteData site, string text, bool whole)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return (site, "line 1: NUL characters. If this is text, it is UTF-16: declare --encoding utf-16.");
        }

        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var first = 0;
        if (lines[0].Trim('"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var told])
        {
            // Excel's own way of declaring a delimiter.
            first = 1;
            site = site.Dialect.Delimiter is null ? site with { Dialect = site.Dialect with { Delimiter = told == '\t' ? "tab" : told.ToString() } } : site;
        }

        var rows = lines.Skip(first).ToList();
        if (rows.All(string.IsNullOrWhiteSpace))
        {
            return (site, site.Dialect.Header ? "the file is empty, where a line with the names of the columns is expected." : "the file is empty.");
        }

        if (site.Dialect.Header && string.IsNullOrWhiteSpace(rows[0]))
        {
            return (site, $"line {first + 1}: empty, where the names of the columns are expected.");
        }

        if (site.Dialect.Header && whole && rows.Skip(1).All(string.IsNullOrWhiteSpace))
        {
            return (site, $"line {first + 1} names columns, and no row follows. If it is a row itself, declare --no-header.");
        }

        return (site, OtherDelimiter(site.Dialect, rows, first + 1));
    }

    private static string? OtherDelimiter(Dialect dialect, List<string> rows, int line)
    {
        if (Cells(rows[0], dialect.DelimiterCharacter, dialect.QuoteCharacter) > 1)
        {
            return null;
        }

        var next = rows.Skip(1).FirstOrDefault(row => row.Length > 0);
        var likely = Delimiters.Where(d => d != dialect.DelimiterCharacter)
            .Select(d => (Delimiter: d, Cells: Cells(rows[0], d, dialect.QuoteCharacter)))
            .Where(d => d.Cells > 1 && (next is null || Cells(next, d.Delimiter, dialect.QuoteCharacter) == d.Cells))
            .OrderByDescending(d => d.Cells).FirstOrDefault();
        return likely.Cells == 0 ? null
            : $"line {line}: one column only by the delimiter {Words(dialect.DelimiterCharacter)}; it looks like {likely.Cells} columns "
              + $"with {Words(likely.Delimiter)} between them. Declare --delimiter {Typed(likely.Delimiter)}"
              + (likely.Delimiter == ';' && dialect.Decimal is null ? ", and --decimal , if numbers are written 1,5." : ".");
    }

    private static int Cells(string row, char delimiter, char quote)
    {
        var (cells, quoted) = (1, false);
        foreach (var c in row)
        {
            quoted ^= c == quote;
            cells += c == delimiter && !quoted ? 1 : 0;
        }

        return cells;
    }

    private static string Text(Dialect dialect, ReadOnlySpan<byte> bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes.ToArray()), dialect.Encoding?.ToLowerInvariant() switch
        {
            "utf-16" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            null or "utf-8" => Encoding.UTF8,
            // Byte for byte is enough to find lines and delimiters.
            _ => Encoding.Latin1,
        });
        return reader.ReadToEnd();
    }

    private static string? Foreign(FileFormat format, ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => "the file is empty.",
        [0x50, 0x41, 0x52, 0x31, ..] => format == FileFormat.Parquet ? null
            : "this is a Parquet file, and its name says otherwise. Let it end with .parquet.",
        _ when format == FileFormat.Parquet => "its name says Parquet, and it does not begin as such a file does.",
        [0x50, 0x4B, 3, 4, ..] when format == FileFormat.Excel => null,
        _ when format == FileFormat.Excel => "its name says Excel, and it does not begin as an .xlsx file does.",
        [0x50, 0x4B, 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] => "this is a spreadsheet or an archive, not text. Save the table as CSV or .xlsx.",
        [0x1F, 0x8B, ..] => "this is compressed (gzip). Unpack it first.",
        _ => null,
    };

    private static string Words(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";

    private static string Typed(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";
}
