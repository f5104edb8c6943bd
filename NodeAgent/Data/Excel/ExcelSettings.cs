using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>A sheet of an Excel workbook (.xlsx) as a source, or of several: a row with names, and rows below it.</summary>
internal sealed record ExcelSettings : FileSettings
{
    public ExcelSettings() => Missing = ["NA"];

    /// <summary>Null if there is just one.</summary>
    public string? Sheet { get; init; }

    /// <summary>Rows above the one with the names, such as a title.</summary>
    public int Skip { get; init; }

    public override IDataSource Open() => new ExcelSource(this);
}
