using System.Text.RegularExpressions;
using Vantage.Protocol.Images;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// Which code: an exact reference; for code that ships with this node <c>builtin:name@version</c> or
/// <c>builtin:name@*</c>; for images <c>oci:host/repository</c>. A pattern leaves the digest to the installation: whatever
/// it matches still runs only if the node's own worker has exactly the digest that the request names. For an image it
/// leaves it to the publishers that the rule names: it runs only if one of them signed it.
/// </summary>
internal sealed partial record AlgorithmPattern
{
    public const string Expected =
        "an exact reference (oci:repo@sha256:…, bundle:sha256:…, builtin:name@version+sha256:…), "
        + "builtin:name@version, builtin:name@*, or oci:host/repository with 'publishers'";

    private const string Image = "oci:";
    private readonly string text;
    private readonly string? name;
    private readonly string? version;

    private AlgorithmPattern(string text, string? name, string? version) =>
        (this.text, this.name, this.version) = (text, name, version);

    /// <summary>Set where any signed image of a repository is meant.</summary>
    public ImageRepository? Repository { get; private init; }

    /// <summary>Null when the text is none of the forms.</summary>
    public static AlgorithmPattern? Parse(string text) =>
        AlgorithmRef.TryParse(text, out _)
            ? new(text, null, null)
            : BuiltinPattern().Match(text) is { Success: true } builtin
                ? new(text, builtin.Groups["name"].Value, builtin.Groups["version"].Value)
                : text.StartsWith(Image, StringComparison.Ordinal) && ImageRepository.TryParse(text[Image.Length..], out var repository)
                    ? new(text, null, null) { Repository = repository }
                    : null;

    public bool Matches(AlgorithmRef algorithm) =>
        Repository is { } repository
            ? algorithm.Kind == AlgorithmKind.Oci && algorithm.Name == repository.ToString()
            : name is null
            ? algorithm.Text == text
            : algorithm.Kind == AlgorithmKind.Builtin && algorithm.Name == name
                && (version == "*" || algorithm.Version == version);

    public override string ToString() => text;

    [GeneratedRegex(@"\Abuiltin:(?<name>[a-z][a-z0-9]*(-[a-z0-9]+)*)@(?<version>\*|[0-9]+(\.[0-9]+){0,2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BuiltinPattern();
}
