namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>What a first policy is made of: words that go into the file, each with what it stands for.</summary>
internal sealed record PresetChoice
{
    public required IReadOnlyList<Named> Collaborations { get; init; }

    /// <summary>Whose people may ask, and may read what they asked for.</summary>
    public required IReadOnlyList<Named> Organizations { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Reviewed code, and who signs it; null for presets that need none.</summary>
    public PresetCode? Code { get; init; }

    /// <summary>The admin agreed to processes without a sandbox.</summary>
    public bool Processes { get; init; }
}

/// <param name="Name">For the reader of the file; null if nobody said one.</param>
internal sealed record Named(string Id, string? Name);

/// <param name="Algorithms">Exact references, or repositories.</param>
/// <param name="Publisher">Whose signature the images carry.</param>
/// <param name="Key">The file with the publisher's public key.</param>
/// <param name="Repositories">Where they publish: those of the algorithms.</param>
internal sealed record PresetCode(
    IReadOnlyList<AlgorithmPattern> Algorithms, string Publisher, string Key, IReadOnlyList<string> Repositories);
