using Vantage.Algorithms.Tables;

namespace Vantage.Algorithms.Functions;

/// <summary>The tables that the node gave to a run.</summary>
public sealed class FunctionData(IReadOnlyList<ITable> tables)
{
    /// <summary>In the order in which the task names them.</summary>
    public IReadOnlyList<ITable> Tables { get; } = tables;

    /// <summary>The one table of a function that needs one.</summary>
    /// <exception cref="DataInvalidException">There is none, or there are several.</exception>
    public ITable Single => Tables switch
    {
        [var table] => table,
        [] => throw new DataInvalidException("This function needs one table, and the task names no data."),
        _ => throw new DataInvalidException(
            $"This function needs one table, and the task names {Tables.Count}: "
            + string.Join(", ", Tables.Select(t => $"'{t.Label}'")) + "."),
    };

    /// <exception cref="DataInvalidException">The task names no data of this label.</exception>
    public ITable this[string label] =>
        Tables.FirstOrDefault(t => t.Label == label)
        ?? throw new DataInvalidException($"This function needs data labelled '{label}', and the task names none.");
}
