namespace Vantage.NodeAgent.Data.Excel;

/// <summary>A sheet of an Excel workbook (.xlsx) as a source: a row with names, and rows below it.</summary>
internal sealed record ExcelSettings : SourceSettings
{
    public required string Path { get; init; }

    /// <summary>Null if there is just one.</summary>
    public string? Sheet { get; init; }

    /// <summary>Cells that mean "missing", besides empty ones.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["NA"];

    public override string Place => Path;

    public override IDataSource Open() => new ExcelSource(this);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Task.FromResult(FileSources.Look(new ExcelFaults(this), Path));
}
