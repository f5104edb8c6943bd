using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>Which reviewed code a first policy names, and whose key vouches for it, from options.</summary>
internal static class CodeChoice
{
    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--algorithms", "REFS", "For reviewed-images: what you reviewed, such as oci:registry/repo@sha256:…, separated by commas,"),
        new("--publisher", "NAME", "who signed it, as receipts will name them,"),
        new("--publisher-key", "FILE", "and their public key (PEM, such as cosign.pub)."),
    ];

    public static PresetCode Of(VerbCall call)
    {
        var texts = call.List("--algorithms");
        if (texts.Length == 0)
        {
            throw CommandFailure.Usage("--algorithms is missing: the code that you reviewed, each by its exact reference, such as"
                + " oci:registry.example.org/study/survival@sha256:…");
        }

        var algorithms = texts.Select(Read).ToList();
        return new PresetCode(algorithms, call.Required("--publisher"), Path.GetFullPath(call.Required("--publisher-key")),
            [.. algorithms.Select(Repository).Distinct()]);
    }

    private static AlgorithmPattern Read(string text) =>
        AlgorithmPattern.Parse(text) is { } pattern && text.StartsWith("oci:", StringComparison.Ordinal)
            ? pattern
            : throw CommandFailure.Usage($"--algorithms: '{text}' is no image: expected oci:host/repository@sha256:… or oci:host/repository.");

    private static string Repository(AlgorithmPattern pattern) =>
        pattern.Repository?.ToString() ?? AlgorithmRef.Parse(pattern.ToString()).Name!;
}
