namespace Vantage.Benchmarks;

/// <summary>What to measure, and how large.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: ./build bench [SECTION…] [options]

          --quick       small sizes: shows that everything runs, proves nothing
          --clients N   only with so many clients at once, instead of 1, 8 and 32
          --rows N      so many rows in the section of that name, and a tenth of them, instead of 10,000,000
          --json        one line of JSON on standard output instead of the table
          --data DIR    where the disposable Coordinators keep their state (a folder of the system's temporary one)
          --help        this

        sections, all of them without one named: cryptography tasks cycles told payloads history memory reconnect start
        interactive rows
        containers warm asked (these three need gcc and a container engine at /var/run/docker.sock; unnamed and without an
        engine they are left out)
        """;

    public static readonly IReadOnlyList<string> AllSections =
        ["cryptography", "tasks", "cycles", "told", "payloads", "history", "memory", "reconnect", "start", "interactive", "rows", "containers", "warm", "asked"];

    private const string EngineSocket = "/var/run/docker.sock";

    private static readonly IReadOnlyList<string> InContainers = ["containers", "warm", "asked"];

    public required IReadOnlyList<string> Sections { get; init; }

    /// <summary>What nobody asked for by name, and this machine can't do.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    public bool Quick { get; init; }

    public int? Rows { get; init; }

    public bool Json { get; init; }

    public required string Data { get; init; }

    public required IReadOnlyList<int> ClientCounts { get; init; }

    /// <summary>A size as it is measured, or as it is merely tried.</summary>
    public T Size<T>(T full, T quick) => Quick ? quick : full;

    public bool Has(string section) => Sections.Contains(section);

    /// <summary>Null, and the reason, if the command line was not understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments, out string? wrong)
    {
        var sections = arguments.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        string? Take(string option)
        {
            var at = arguments.ToList().IndexOf(option) + 1;
            return at > 0 && at < arguments.Count && sections.Remove(arguments[at]) ? arguments[at] : null;
        }

        var quick = arguments.Contains("--quick");
        var data = Take("--data") ?? Path.Combine(Path.GetTempPath(), $"vantage-bench-{Environment.ProcessId}");
        IReadOnlyList<int> clients = int.TryParse(Take("--clients"), out var only) && only is > 0 and <= 32 ? [only] : quick ? [1, 4] : [1, 8, 32];
        var rows = int.TryParse(Take("--rows"), out var many) && many >= 1000 ? many : (int?)null;

        var unknown = sections.Except(AllSections)
            .Concat(arguments.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word is not ("--quick" or "--json" or "--data" or "--clients" or "--rows")))
            .ToList();
        IReadOnlyList<string> leftOut = sections.Count > 0 || File.Exists(EngineSocket) ? [] : InContainers;
        wrong = unknown.Count > 0 ? $"bench does not know {string.Join(", ", unknown)}" : null;
        return wrong is not null ? null : new BenchOptions
        {
            Sections = sections.Count > 0 ? sections : [.. AllSections.Except(leftOut)],
            LeftOut = leftOut,
            Quick = quick,
            Rows = rows,
            Json = arguments.Contains("--json"),
            Data = Path.GetFullPath(data),
            ClientCounts = clients,
        };
    }
}
