using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Statistics;

namespace Statistics.Tests.Differences;

/// <summary>A way to spread the rows of each data set over sites, and the sites themselves, made once for each.</summary>
internal sealed class Spread(string split, int count) : IDisposable
{
    /// <summary>Every way that references are held against.</summary>
    public static IReadOnlyList<(string Split, int Count)> All { get; } =
    [
        ("dealt", 1),
        .. from split in (string[])["dealt", "blocks", "uneven", "without"]
           from count in (int[])[3, 7]
           select (split, count),
    ];

    private readonly Dictionary<string, Sites> sites = new(StringComparer.Ordinal);

    /// <summary>Whether the answer to a question is one for rows that are spread so.</summary>
    public bool Answers(ReferenceCase reference) => reference.Spread is null || reference.Spread == $"{split} {count}";

    /// <summary>So few rows leave sites without any, which is an error of theirs.</summary>
    public bool Fits(string data) => File.ReadLines(Sites.PathOf(data)).Count() > 4 * count;

    public async Task<Difference> OfAsync(ReferenceCase reference, CancellationToken cancellationToken)
    {
        if (!sites.TryGetValue(reference.Data, out var own))
            sites[reference.Data] = own = Sites.Split(Sites.PathOf(reference.Data), split, count);
        var central = (CentralFunction)StandardLibrary.Algorithms.Algorithms.Single(a => a.Name == reference.Algorithm)
            .Functions.Single(f => f is CentralFunction);
        var result = await central.InvokeAsync(
            own.Federation, JsonSerializer.SerializeToUtf8Bytes(reference.Arguments), cancellationToken);
        return Difference.Of(reference, result);
    }

    public void Dispose()
    {
        foreach (var own in sites.Values)
            own.Dispose();
    }
}
