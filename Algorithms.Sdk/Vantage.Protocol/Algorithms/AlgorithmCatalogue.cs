namespace Vantage.Protocol.Algorithms;

/// <summary>What a worker holds: the output of <c>Vantage.Worker catalogue --json</c>.</summary>
public sealed record AlgorithmCatalogue(int V, IReadOnlyList<CatalogueEntry> Algorithms)
{
    public const int CurrentVersion = 1;
}

/// <param name="Ref">The text of the AlgorithmRef, such as <c>builtin:summary@1.0.0+sha256:…</c>.</param>
/// <param name="Manifest">What can be asked of it.</param>
public sealed record CatalogueEntry(string Ref, AlgorithmManifest Manifest);
