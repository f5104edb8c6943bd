namespace Vantage.Benchmarks;

/// <summary>What to measure, and how large.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: ./build bench [SECTION…] [options]

          --quick       small sizes: shows that everything runs, proves nothing
          --json        one line of JSON on standard output instead of the table
          --data DIR    where the disposable Coordinators keep their state (a folder of the system's temporary one)
          --help        this

        sections, all of them without one named: cryptography tasks cycles told payloads history memory reconnect start
        """;

    public static readonly IReadOnlyList<string> AllSections =
        ["cryptography", "tasks", "cycles", "told", "payloads", "history", "memory", "reconnect", "start"];

    public required IReadOnlyList<string> Sections { get; init; }

    public bool Quick { get; init; }

    public bool Json { get; init; }

    public required string Data { get; init; }

    /// <summary>A size as it is measured, or as it is merely tried.</summary>
    public T Size<T>(T full, T quick) => Quick ? quick : full;

    public bool Has(string section) => Sections.Contains(section);

    /// <summary>Null, and the reason, if the command line was not understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments, out string? wrong)
    {
        var sections = arguments.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var data = Path.Combine(Path.GetTempPath(), $"vantage-bench-{Environment.ProcessId}");
        if (arguments.ToList().IndexOf("--data") is >= 0 and var at && at + 1 < arguments.Count)
        {
            data = Path.GetFullPath(arguments[at + 1]);
            sections.Remove(arguments[at + 1]);
        }

        var unknown = sections.Except(AllSections)
            .Concat(arguments.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word is not ("--quick" or "--json" or "--data")))
            .ToList();
        wrong = unknown.Count > 0 ? $"bench does not know {string.Join(", ", unknown)}" : null;
        return wrong is not null ? null : new BenchOptions
        {
            Sections = sections.Count > 0 ? sections : AllSections,
            Quick = arguments.Contains("--quick"),
            Json = arguments.Contains("--json"),
            Data = data,
        };
    }
}
