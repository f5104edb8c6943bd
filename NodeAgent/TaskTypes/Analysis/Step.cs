using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>A step of a run either gives what the next one needs, or ends the run.</summary>
internal abstract record Step<T>
{
    private Step() { }

    public sealed record Next(T Value) : Step<T>;

    public sealed record End(RunEnd How) : Step<T>;
}

/// <summary>What a run is allowed, once everything about it is known.</summary>
/// <param name="Columns">By the data's label; absent where the arguments name none.</param>
internal sealed record RunPermit(
    AcceptRule Rule,
    PolicyDecision.Allowed Decision,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Columns)
{
    /// <summary>Set where the code is an image: exactly what was verified, and all that may be started.</summary>
    public ImageFacts? Image { get; init; }

    /// <summary>What is to run, as its image, its sidecar or the worker describes it.</summary>
    public FunctionManifest? Function { get; init; }

    /// <summary>Nobody has said what this function's results look like, and nothing in it controls disclosure: a person looks.</summary>
    public bool HeldForRelease => Image?.Sidecar is not null && Function?.Result is null;

    /// <summary>What the function is told of disclosure control; null where there is none.</summary>
    public DisclosureRules? Told => Rule.Disclosure.IsOff ? null : Rule.Disclosure;

    /// <summary>Whose signature an image needs under the rule.</summary>
    public ImageTrust? Trust { get; init; }

    /// <summary>What an image's sandbox must have besides.</summary>
    public IReadOnlySet<SandboxDemand> Demands { get; init; } = new HashSet<SandboxDemand>();

    /// <summary>The policy allows, and the algorithm knows, that one program does several calls of a job.</summary>
    public bool Warm { get; init; }

    /// <summary>What the program reads besides CSV, as it says itself.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>A guest of another contract reads what that contract says, whatever its sidecar does.</summary>
    public bool TakesParquet => Image?.Sidecar is null && Formats.Contains(DataFormats.Parquet);

    /// <summary>The algorithm knows that one program does several calls, and this one has no way outside, which would be one run's own.</summary>
    public bool TakesCalls { get; init; }

    /// <summary>Where it may call outside: granted by the rule and asked for by the function, both.</summary>
    public IReadOnlyList<EgressGrant> Egress { get; init; } = [];

    /// <summary>What may be started.</summary>
    public RuntimeCode Code => Image is null
        ? new RuntimeCode.Worker()
        : new RuntimeCode.Image(Image.Repository.ToString(), Image.Manifest, Image.Config);
}
