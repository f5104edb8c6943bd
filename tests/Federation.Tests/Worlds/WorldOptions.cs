namespace Federation.Tests.Worlds;

/// <summary>How a federation of a test differs from the plainest one.</summary>
internal sealed record WorldOptions
{
    public IReadOnlyList<string> Sites { get; init; } = ["north"];

    /// <summary>The CSV that a site declares as its source <c>patients</c>.</summary>
    public Func<string, string> Rows { get; init; } = _ => "age,weight\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{20 + i},{50.5 + i}\n"));

    /// <summary>Further lines of a site's node.yaml.</summary>
    public string NodeYaml { get; init; } = "";

    /// <summary>The address that nodes are given, from the Coordinator's port; the Coordinator itself by default.</summary>
    public Func<int, Task<Uri>>? NodeUrl { get; init; }

    /// <summary>The address that the researcher uses.</summary>
    public Func<int, Task<Uri>>? ResearcherUrl { get; init; }

    /// <summary>The Coordinator's settings of payloads, as JSON.</summary>
    public string Payloads { get; init; } = "{}";

    /// <summary>Further options of <c>node setup</c>.</summary>
    public IReadOnlyList<string> SetupOptions { get; init; } = [];

    /// <summary>The site whose node may run central functions and ask the others in the researcher's name.</summary>
    public string? CentralSite { get; init; }

    /// <summary>Further lines of the one accepting rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whose people may ask and read, as policies spell it; the first site's by default.</summary>
    public string? AskerRule { get; init; }

    /// <summary>The test's own worker, whose functions misbehave on demand.</summary>
    public bool TestWorker { get; init; }

    public bool StartNodes { get; init; } = true;
}
