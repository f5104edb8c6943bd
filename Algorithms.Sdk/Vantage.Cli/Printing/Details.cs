namespace Vantage.Cli.Printing;

/// <summary>One thing, a line for each of its properties.</summary>
internal static class Details
{
    public static void Write(TextWriter text, params IReadOnlyList<(string Name, string? Value)> lines)
    {
        var width = lines.Max(line => line.Name.Length) + 2;
        foreach (var (name, value) in lines.Where(line => !string.IsNullOrEmpty(line.Value)))
        {
            text.WriteLine(name.PadRight(width) + Listing.OneLine(value));
        }
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");
}
