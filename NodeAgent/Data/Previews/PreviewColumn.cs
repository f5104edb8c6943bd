namespace Vantage.NodeAgent.Data.Previews;

/// <summary>What a preview draws one column's cells from, with no thought of the other columns.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="MissingShare">In steps of 5 %.</param>
internal abstract record PreviewColumn(string Name, double MissingShare)
{
    /// <summary>Numbers between rounded quantiles, none of which is near an end.</summary>
    /// <param name="Grid">Rising; each interval is as likely as any other, and stands for at least as many rows as may be told.</param>
    /// <param name="Step">All numbers are multiples of it.</param>
    internal sealed record Numbers(string Name, double MissingShare, IReadOnlyList<double> Grid, double Step) : PreviewColumn(Name, MissingShare);

    /// <summary>Days, likewise.</summary>
    /// <param name="Grid">Days since 1970-01-01.</param>
    internal sealed record Days(string Name, double MissingShare, IReadOnlyList<double> Grid) : PreviewColumn(Name, MissingShare);

    /// <summary>Levels that enough rows have, with their rounded numbers.</summary>
    internal sealed record Levels(string Name, double MissingShare, IReadOnlyList<(string Text, long Weight)> Of) : PreviewColumn(Name, MissingShare);

    /// <summary>Texts that are nobody's level, such as names: words that were made up.</summary>
    internal sealed record Texts(string Name, double MissingShare) : PreviewColumn(Name, MissingShare);

    /// <summary>Too few values to tell anything of.</summary>
    internal sealed record Nothing(string Name) : PreviewColumn(Name, 1);
}
