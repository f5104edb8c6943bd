namespace Vantage.NodeAgent.Data.Excel;

/// <summary>What can be wrong with a workbook, in words.</summary>
internal sealed class ExcelFaults(ExcelSettings settings) : SourceFaults(FileSources.Words(settings.Id, settings.Path))
{
    public SourceException NoWorkbook() => SourceException.Invalid($"{Source}: no Excel workbook (.xlsx), or a damaged one. Was it copied whole?");

    public SourceException Old() => SourceException.Invalid(
        $"{Source}: a workbook of the old kind (.xls), or one under a password. Open it in Excel and save it as an .xlsx file without one.");

    public SourceException TooLarge(string what) => SourceException.Invalid($"{Source}: {what}, more than is read of a workbook. Save the sheet as CSV.");

    public SourceException WhichSheet(int sheets) => SourceException.Invalid(
        $"{Source}: the workbook has {sheets} sheets, and the source does not say which. The node's admin sets 'sheet'.");

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

    private SourceException At(long row, string? column, string problem) =>
        SourceException.Invalid($"{Source}, row {row}{(column is null ? "" : $", column '{column}'")}: {problem}");
}
