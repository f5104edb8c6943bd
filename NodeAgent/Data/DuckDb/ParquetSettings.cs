using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>A Parquet file of <c>sources:</c>, or several such.</summary>
internal sealed record ParquetSettings : FileSettings
{
    public DuckCaps Caps { get; init; } = new();

    public override IDataSource Open() => new ParquetSource(this);
}
