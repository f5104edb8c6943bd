using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>One CSV file of <c>sources:</c> in node.yaml. The defaults are RFC 4180 in UTF-8 with a header line.</summary>
internal sealed record CsvSourceSettings : FileSettings
{
    public CsvSourceSettings() => Missing = ["NA"];

    public char Delimiter { get; init; } = ',';

    public char Quote { get; init; } = '"';

    public SourceEncoding Encoding { get; init; } = SourceEncoding.Utf8;

    public char Decimal { get; init; } = '.';

    /// <summary>Lines above the header, such as a title.</summary>
    public int Skip { get; init; }

    /// <summary>Without a header line columns are called column1, column2, …</summary>
    public bool Header { get; init; } = true;

    /// <summary>Columns whose dates are not written as ISO 8601, and how they are.</summary>
    public IReadOnlyDictionary<string, DateForm> Dates { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>A file with more is taken for something else than a table.</summary>
    public int MaxColumns { get; init; } = 100_000;

    /// <summary>A longer row is taken for a quote that was never closed, or for no CSV at all.</summary>
    public int MaxRowMiB { get; init; } = 16;

    public override IDataSource Open() => new CsvSource(this);
}
