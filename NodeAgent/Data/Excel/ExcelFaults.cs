namespace Vantage.NodeAgent.Data.Excel;

/// <summary>What can be wrong with a workbook, in words.</summary>
internal sealed class ExcelFaults(ExcelSettings settings) : SourceFaults(settings.Words)
{
    public SourceException NoWorkbook() => SourceException.Invalid($"{Source}: no Excel workbook (.xlsx), or a damaged one. Was it copied whole?");

    public SourceException Old() => SourceException.Invalid(
        $"{Source}: a workbook of the old kind (.xls), or one under a password. Open it in Excel and save it as an .xlsx file without one.");

    public SourceException TooLarge(string what) => SourceException.Invalid($"{Source}: {what}, more than is read of a workbook. Save the sheet as CSV.");

    public SourceException OtherEncoding(string part) => SourceException.Invalid(
        $"{Source}: its part {part} is said to be in another encoding than UTF-8 and UTF-16, and a workbook has no other. {SaveAgain}");

    public SourceException NoXml(string part, string where) => SourceException.Invalid($"{Source}: {part}, {where}, {Illegible}");

    /// <param name="row">The last that could be read; what is read ahead is read in pieces.</param>
    public SourceException NoXml(long row) => At(row, null, $"here, or a few rows below, {Illegible}");

    public SourceException Nul(long row, string column) => At(row, column, "a NUL character, and tables hold text.");

    public SourceException HalfCharacter(long row, string column) => At(row, column, "half a character of Unicode.");

    public SourceException TooManyColumns(long row, int most) => At(row, null, $"a cell beyond column {most}, which is the last that a sheet has.");

    public SourceException WhichSheet(int sheets) => SourceException.Invalid(
        $"{Source}: the workbook has {sheets} sheets, and the source does not say which. The node's admin sets 'sheet'.");

    /// <summary>For the node's own admin: names of sheets may be anybody's.</summary>
    public SourceException WhichSheet(IEnumerable<string> sheets) => SourceException.Invalid(
        $"{Source}: the workbook has several sheets. Say which (--sheet): {string.Join(", ", sheets.Select(sheet => $"'{sheet}'"))}.");

    public SourceException NoSheet() => SourceException.Invalid($"{Source}: the workbook has no sheet '{settings.Sheet}', which the source names.");

    public SourceException Empty() => SourceException.Invalid($"{Source}: the sheet is empty, where a row with the names of the columns is expected.");

    public SourceException SameName(long row, string name) => At(row, null, $"two columns are called '{name}'. Rename one of them.");

    public SourceException NoName(long row, string cell) => At(row, null,
        $"cell {cell} stands in a column without a name. Name the column in the first row, or take away what is beside the table.");

    public SourceException NoValue(long row, string column) => At(row, column,
        "a formula whose value was not saved along. Open the workbook in Excel, and save it.");

    public SourceException NotANumber(long row, string column) => At(row, column,
        "not a number, though the source's 'types' say that the column holds numbers. Are all codes for missing values listed under 'missing'?");

    public SourceException OtherDecimal(long row, string column) => At(row, column,
        "a text that would be a number with a decimal comma, as all texts of the column. Let Excel make numbers of them (Data, Text to Columns),"
        + " or, if the column holds text, say so under 'types'.");

    private const string SaveAgain = "Open the workbook in Excel, and save it.";

    private const string Illegible =
        $"there is no XML that can be read: letters of another encoding than it declares, a character that no text holds (NUL), or damage. {SaveAgain}";

    private SourceException At(long row, string? column, string problem) =>
        SourceException.Invalid($"{Source}, row {row}{(column is null ? "" : $", column '{column}'")}: {problem}");
}
