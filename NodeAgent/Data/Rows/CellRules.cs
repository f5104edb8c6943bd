using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>What cells mean, of sources whose cells are texts.</summary>
/// <param name="Decimal">What stands before a fraction.</param>
/// <param name="Missing">Cells that mean "missing", besides empty ones.</param>
/// <param name="Types">Of columns that were declared; the others hold numbers if all their cells read as such.</param>
internal sealed record CellRules(char Decimal, IReadOnlyList<string> Missing, IReadOnlyDictionary<string, ColumnType> Types);
