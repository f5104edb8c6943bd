using System.Globalization;

namespace Federation.Tests.Blindness;

/// <summary>200 texts that occur nowhere else, planted wherever content is: if one of them turns up, it leaked.</summary>
internal sealed class Markers
{
    private readonly Random random;
    private readonly List<string> all = [];

    public Markers(int seed)
    {
        random = new Random(seed);
        Columns = [.. Words(40, "col")];
        Levels = [.. Words(40, "lvl")];
        Values = [.. Enumerable.Range(0, 40).Select(_ => Keep(Number()))];
        Exceptions = [.. Words(30, "exc")];
        Logs = [.. Words(30, "log")];
        Arguments = [.. Words(20, "arg")];
    }

    public IReadOnlyList<string> All => all;

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Levels of a category.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Cells of nine digits.</summary>
    public IReadOnlyList<string> Values { get; }

    public IReadOnlyList<string> Exceptions { get; }

    public IReadOnlyList<string> Logs { get; }

    /// <summary>Parts of arguments that name nothing.</summary>
    public IReadOnlyList<string> Arguments { get; }

    private IEnumerable<string> Words(int count, string kind) =>
        Enumerable.Range(0, count).Select(_ => Keep($"{kind}{random.NextInt64(100_000_000_000, 999_999_999_999)}q"));

    private string Number() => $"{random.Next(10_000, 99_999)}.{random.Next(1_000, 9_999)}";

    private string Keep(string marker)
    {
        all.Add(marker.ToString(CultureInfo.InvariantCulture));
        return marker;
    }
}
