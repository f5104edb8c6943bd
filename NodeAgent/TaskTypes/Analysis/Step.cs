using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;

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

    /// <summary>Whose signature an image needs under the rule.</summary>
    public ImageTrust? Trust { get; init; }
}
