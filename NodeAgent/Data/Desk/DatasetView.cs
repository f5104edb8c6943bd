using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>What a source holds, as it was read whole.</summary>
/// <param name="Id">How policies and tasks call it.</param>
/// <param name="Ok">It could be read to its end.</param>
/// <param name="Rows">Rounded unless somebody asked for the exact number; null if it could not be read.</param>
/// <param name="IsRounded">Whether it is.</param>
/// <param name="Digest">Of the content, as receipts name it.</param>
/// <param name="Version">Grows by one whenever this node finds another content or other columns.</param>
/// <param name="Since">When this version was found first.</param>
/// <param name="Columns">With their types, declared or found.</param>
/// <param name="Problem">Why it can't be used.</param>
internal sealed record DatasetView(string Id, bool Ok, long? Rows, bool IsRounded, string? Digest, int? Version, DateTimeOffset? Since,
    IReadOnlyList<ColumnSchema> Columns, string? Problem)
{
    /// <summary>What is known of the columns besides: titles, units, labels, codes for "missing".</summary>
    public IReadOnlyList<ColumnMeaning> Meanings { get; init; } = [];

    /// <summary>What columns are called that have no name in the file's header.</summary>
    public IReadOnlyList<string> Unnamed { get; init; } = [];

    /// <summary>Columns that are text by a slip, as it looks.</summary>
    public IReadOnlyList<string> Doubts => [.. Columns.Where(column => column.Found?.IsDoubtful is true)
        .Select(column => $"column '{column.Name}' holds text: {column.Found!.Words}")];

    private const int MostNamed = 5;

    public static DatasetView Failed(string id, string problem) => new(id, false, null, false, null, null, null, [], problem);

    public void Write(TextWriter text, bool columns)
    {
        if (!Ok)
        {
            text.WriteLine($"FAIL {Problem}");
            return;
        }

        text.WriteLine($"ok   {Id}: {(IsRounded ? "about " : "")}{Rows} rows, {Columns.Count} columns, version {Version} since {Since:yyyy-MM-dd}, {Digest}");
        foreach (var doubt in Doubts)
        {
            text.WriteLine($"warn {Id}: {doubt}");
        }

        if (Unnamed.Count > 0)
        {
            text.WriteLine($"warn {Id}: {(Unnamed.Count == 1 ? "one column has" : $"{Unnamed.Count} columns have")} no name in the header, and by {(Unnamed.Count == 1 ? "its place it is" : "their places they are")} called"
                + $" {string.Join(", ", Unnamed.Take(MostNamed).Select(name => $"'{name}'"))}{(Unnamed.Count > MostNamed ? ", …" : "")}: tasks and policies name {(Unnamed.Count == 1 ? "it" : "them")} so."
                + " Where it holds something, write a name into the header; a delimiter at the end of each line makes such a column with nothing in it, which does no harm.");
        }

        var width = Columns.Count == 0 ? 0 : Columns.Max(column => column.Name.Length) + 2;
        foreach (var column in columns ? Columns : [])
        {
            text.WriteLine($"     {column.Name.PadRight(width)}{(column.Type == ColumnType.Number ? "number" : "text")}{(Meanings.FirstOrDefault(meaning => meaning.Name == column.Name)?.Words is { Length: > 0 } words ? $"  {words}" : "")}");
        }
    }
}
