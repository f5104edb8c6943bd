using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>Which sheet of a workbook, and where its table begins, found once, when the source is declared.</summary>
internal static class SheetFinder
{
    private const int MostTitle = 20;

    /// <summary>How many rows stand above the one with the names; throws where there are several sheets, and names them.</summary>
    public static int Skip(ExcelSettings settings)
    {
        var faults = new ExcelFaults(settings);
        var path = FileSources.List(faults, settings.Path)[0];
        try
        {
            using (var book = Workbook.Open(path, faults))
            {
                if (settings.Sheet is null && book.Sheets.Count > 1)
                {
                    throw faults.WhichSheet(book.Sheets);
                }
            }

            for (var skip = settings.Skip; skip <= MostTitle;)
            {
                using var rows = ExcelSource.Open(settings with { Skip = skip }, faults, path);
                if (rows.Columns.Count > 1)
                {
                    return skip == settings.Skip ? skip : (int)rows.Header - 1;
                }

                skip = (int)Math.Min(rows.Header, int.MaxValue - 1);
            }
        }
        catch (Exception e) when (ExcelSource.IsDamage(e))
        {
            // The reading says what is wrong.
        }

        return settings.Skip;
    }
}
