using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Vantage.Protocol.Manifests;

/// <summary>How an algorithm's code is kept.</summary>
public enum AlgorithmKind
{
    /// <summary>An image in a registry, pinned by digest.</summary>
    Oci,

    /// <summary>A signed bundle of files, pinned by digest.</summary>
    Bundle,

    /// <summary>Code that ships with the node's worker, pinned by the digest of its assemblies.</summary>
    Builtin,
}

/// <summary>
/// Exactly which code: <c>oci:repo@sha256:…</c>, <c>bundle:sha256:…</c> or <c>builtin:name@version+sha256:…</c>.
/// Policy, manifest and receipt treat all three alike, and the digest decides: names and versions are for people.
/// </summary>
[JsonConverter(typeof(AlgorithmRefJsonConverter))]
public sealed partial record AlgorithmRef
{
    private AlgorithmRef(string text, AlgorithmKind kind, string name, string? version, string digest) =>
        (Text, Kind, Name, Version, Digest) = (text, kind, name, version, digest);

    /// <summary>The one spelling of this reference.</summary>
    public string Text { get; }

    public AlgorithmKind Kind { get; }

    /// <summary>Repository or built-in name; empty for a bundle.</summary>
    public string Name { get; }

    /// <summary>Set for built-in code only.</summary>
    public string? Version { get; }

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public string Digest { get; }

    public static AlgorithmRef Builtin(string name, string version, string digest) =>
        Parse($"builtin:{name}@{version}+{digest}");

    public static AlgorithmRef Parse(string text) =>
        TryParse(text, out var reference)
            ? reference
            : throw new FormatException(
                "An algorithm is named as oci:repo@sha256:…, bundle:sha256:… or builtin:name@version+sha256:…, "
                + "the digest with 64 lower-case hexadecimal digits.");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AlgorithmRef? reference)
    {
        reference = null;
        if (text is not { Length: <= 512 })
        {
            return false;
        }

        if (BuiltinPattern().Match(text) is { Success: true } builtin)
        {
            reference = new(text, AlgorithmKind.Builtin, builtin.Groups["name"].Value,
                builtin.Groups["version"].Value, builtin.Groups["digest"].Value);
        }
        else if (OciPattern().Match(text) is { Success: true } oci)
        {
            reference = new(text, AlgorithmKind.Oci, oci.Groups["name"].Value, null, oci.Groups["digest"].Value);
        }
        else if (BundlePattern().Match(text) is { Success: true } bundle)
        {
            reference = new(text, AlgorithmKind.Bundle, "", null, bundle.Groups["digest"].Value);
        }

        return reference is not null;
    }

    public override string ToString() => Text;

    // Compiled by the compiler: the engine that never backtracks is itself compiled at each start of every program. What may
    // repeat here never begins like what follows it, so that there is nothing to go back to.
    [GeneratedRegex(@"\Abuiltin:(?<name>[a-z][a-z0-9]*(-[a-z0-9]+)*)@(?<version>[0-9]+(\.[0-9]+){0,2})\+(?<digest>sha256:[0-9a-f]{64})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex BuiltinPattern();

    [GeneratedRegex(@"\Aoci:(?<name>[a-z0-9][a-z0-9._/:-]*)@(?<digest>sha256:[0-9a-f]{64})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex OciPattern();

    [GeneratedRegex(@"\Abundle:(?<digest>sha256:[0-9a-f]{64})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex BundlePattern();

    public sealed class AlgorithmRefJsonConverter : JsonConverter<AlgorithmRef>
    {
        public override AlgorithmRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var reference)
                ? reference
                : throw new JsonException("Expected an algorithm reference with its sha256 digest.");

        public override void Write(Utf8JsonWriter writer, AlgorithmRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
