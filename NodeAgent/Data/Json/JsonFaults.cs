using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>What can be wrong with a file that has a JSON structure on each line, in words.</summary>
/// <param name="source">Which, as people know it.</param>
/// <param name="noun">What a line is.</param>
internal class JsonFaults(string source, string noun = "object") : SourceFaults(source)
{
    public SourceException At(string where, string problem) => SourceException.Invalid($"{Source}: {where}: {problem}");

    public virtual SourceException At(string where, string column, string problem) => SourceException.Invalid($"{Source}: {where}, column '{column}': {problem}");

    public SourceException LineTooLong(string where) => At(where, $"a line of more than {ByteLines.MostMebibytes} MiB. One line is one {noun}.");

    public SourceException OtherEncoding(string where, bool isWide) => At(where, isWide
        ? "zeros between the letters, as UTF-16 has them. JSON lines are UTF-8: write the file so."
        : "bytes that are not UTF-8, as JSON is. Write the file as UTF-8.");

    /// <param name="where">The line.</param>
    /// <param name="at">Null if it is JSON as far as letters go.</param>
    public SourceException NoJson(string where, long? at) =>
        At(where, $"{(at is null ? "a name twice in one structure" : $"no JSON from its byte {at + 1} on")}. One line is one whole {noun}.");

    public SourceException NoObject(string where) => At(where, "JSON, but no object: one line is one row, {\"column\": value, …}.");

    public SourceException NoName(string where) => At(where, "a name that is none: empty, half a character of Unicode, or with a NUL character.");

    public SourceException TooManyColumns(string where, int most) => At(where,
        $"by now there are more than {most} columns. Each name in a line is a column: are the names data, such as people's ids?");

    public SourceException NoLines() => SourceException.Invalid($"{Source}: there are no lines, and the source's 'types' declare no columns.");

    public SourceException NotANumber(string where, string column) => At(where, column,
        "not a number, though the source's 'types' say that the column holds numbers. Are all codes for missing values listed under 'missing'?");
}
