namespace Vantage.DuckDb;

/// <summary>What DuckDB said. It may quote cells: for deciding on, and never for passing on.</summary>
internal sealed class DuckException(string message) : Exception(message);
