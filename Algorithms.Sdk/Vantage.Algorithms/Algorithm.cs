using System.Reflection;
using System.Text.RegularExpressions;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Manifests;

namespace Vantage.Algorithms;

/// <summary>A named and versioned set of functions in one assembly.</summary>
public sealed partial class Algorithm
{
    private readonly Lazy<AlgorithmRef> reference;

    /// <param name="name">How people call it: a-z, 0-9 and single '-'.</param>
    /// <param name="version">
    /// Up to three numbers, such as <c>1.0.0</c>. The first grows when results or arguments change.
    /// </param>
    /// <param name="description">One sentence for people who choose what to run or allow.</param>
    /// <param name="assembly">The assembly that holds the code.</param>
    /// <param name="functions">Each name once.</param>
    public Algorithm(
        string name, string version, string description, Assembly assembly, params IReadOnlyList<Function> functions)
    {
        if (!NamePattern().IsMatch(name))
            throw new ArgumentException($"'{name}' is not an algorithm's name.", nameof(name));
        if (!VersionPattern().IsMatch(version))
            throw new ArgumentException($"'{version}' is not a version such as 1.0.0.", nameof(version));
        if (functions.Count == 0 || functions.DistinctBy(f => f.Name).Count() != functions.Count)
            throw new ArgumentException("An algorithm has functions, each name once.", nameof(functions));
        (Name, Version, Description, Functions) = (name, version, description, functions);
        reference = new(() => AlgorithmRef.Builtin(name, version, AlgorithmDigest.Of(assembly).ToString()));
    }

    /// <summary>How people, catalogues and policies call it.</summary>
    public string Name { get; }

    /// <summary>Up to three numbers; the first grows when results or arguments change.</summary>
    public string Version { get; }

    /// <summary>One sentence for people who choose what to run or allow.</summary>
    public string Description { get; }

    /// <summary>At least one, each name once.</summary>
    public IReadOnlyList<Function> Functions { get; }

    /// <summary>
    /// Whether one process may do several calls of a job, one after the other. Say so only if no call leaves anything
    /// behind that a later one could mistake for its own: the process keeps static fields and the scratch folder.
    /// </summary>
    public bool Warm { get; init; }

    /// <summary>Names exactly this code when it is built into a worker. See <see cref="AlgorithmDigest"/>.</summary>
    public AlgorithmRef Reference => reference.Value;

    /// <summary>What catalogues, policies and nodes know of it: its functions with the schemas of arguments and results.</summary>
    public AlgorithmManifest Manifest() => new()
    {
        V = AlgorithmManifest.CurrentVersion,
        Name = Name,
        Version = Version,
        Description = Description,
        Functions = [.. Functions.Select(f => f.Manifest())],
        Warm = Warm ? true : null,
        Formats = [DataFormats.Parquet],
    };

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9]+(\.[0-9]+){0,2}\z")]
    private static partial Regex VersionPattern();
}
