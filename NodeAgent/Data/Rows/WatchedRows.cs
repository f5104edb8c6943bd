using Vantage.NodeAgent.Disclosure.Memory;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>Shows rows to who has to know which they are.</summary>
internal static class WatchedRows
{
    /// <summary>Where a frame's rows say what they were made of; less than 0 if they do not.</summary>
    public static int KeyColumn(TableRows rows) => rows.Columns.ToList().LastIndexOf(RowKeys.Column);

    /// <param name="watch">Who looks.</param>
    /// <param name="row">The current one, all of it.</param>
    /// <param name="shown">The places of what the run sees of it.</param>
    /// <param name="reading">What its cells mean.</param>
    /// <param name="keys">From <see cref="KeyColumn"/>.</param>
    public static void See(this RowWatch watch, TableRows row, int[] shown, CellReading reading, int keys)
    {
        var isComplete = true;
        foreach (var place in watch.LooksForComplete ? shown : [])
        {
            isComplete &= reading.Kind(row.Cell(place)) != CellKind.Missing;
        }

        if (watch.ReadsKeys)
        {
            watch.EndFrameRow(keys < 0 ? [] : row.Cell(keys), isComplete);
            return;
        }

        for (var i = 0; i < row.Columns.Count; i++)
        {
            watch.Cell(row.Cell(i));
        }

        watch.EndRow(isComplete);
    }
}
