namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>
/// Takes down what this node did, so that it can be shown afterwards. The other implementation is the simulator's, which
/// keeps nothing.
/// </summary>
internal interface ITrail
{
    /// <summary>Will be on the disk soon, and before anything that <see cref="RecordAsync"/> is called for later.</summary>
    void Note(Happening happening);

    /// <summary>Returns once it is on the disk, however long the disk refuses; throws only if the node has to stop.</summary>
    Task RecordAsync(Happening happening);
}

/// <param name="Action">Such as <c>run.finish</c>.</param>
/// <param name="Subject">To what: an id, mostly.</param>
/// <param name="Details">Further facts; those without a value are left out. Never data, nor anything about it but digests and sizes.</param>
internal sealed record Happening(string Action, string Subject, params IReadOnlyList<(string Name, string? Value)> Details);
