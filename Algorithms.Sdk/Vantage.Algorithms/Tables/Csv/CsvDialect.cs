using System.Globalization;
using System.Text;
using CsvHelper;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>A source's <see cref="CsvOptions"/>, checked, in the form that reading needs.</summary>
internal sealed class CsvDialect
{
    private const int LongestRecord = 16 * 1024 * 1024;
    private readonly byte[][] missing;

    public CsvDialect(string label, CsvOptions options)
    {
        if (options.Delimiter is not [> '\0' and < '\x80' and not '"' and not '\r' and not '\n' and var delimiter])
            throw Wrong(label, "delimiter", "one ASCII character, not a quote or line end");
        if (options.Decimal is not ("." or ","))
            throw Wrong(label, "decimal", "'.' or ','");

        var transcoding = Transcoding(label, options.Encoding);
        HasHeader = options.Header;
        EncodingName = options.Encoding;
        Transcodes = transcoding is not null;
        Numbers = options.Decimal == "."
            ? NumberFormatInfo.InvariantInfo
            : new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
        missing = [.. (options.Missing ?? ["NA"]).Select(Encoding.UTF8.GetBytes)];
        Reader = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = options.Header,
            Encoding = transcoding,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = LongestRecord,
        };
    }

    public CsvReaderOptions Reader { get; }

    public NumberFormatInfo Numbers { get; }

    public bool HasHeader { get; }

    public string EncodingName { get; }

    /// <summary>Whether bytes become UTF-8 on the way, so that undecodable ones show as U+FFFD.</summary>
    public bool Transcodes { get; }

    public bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
            return true;
        foreach (var code in missing)
        {
            if (cell.SequenceEqual(code))
                return true;
        }

        return false;
    }

    private static Encoding? Transcoding(string label, string name) => name.ToLowerInvariant() switch
    {
        "utf-8" => null,
        "utf-16" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "iso-8859-1" => Encoding.Latin1,
        "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252),
        _ => throw Wrong(label, "encoding", "utf-8, utf-16, utf-16BE, iso-8859-1 or windows-1252"),
    };

    private static DataInvalidException Wrong(string label, string option, string expected) =>
        new($"The source of '{label}' is set up wrongly: its option '{option}' must be {expected}.");
}
