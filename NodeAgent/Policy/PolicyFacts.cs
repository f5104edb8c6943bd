using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// All that a policy judges. A subtask gives the same facts as any other request, plus whose node asks in the
/// requester's name: there is no second way in.
/// </summary>
internal sealed record PolicyFacts
{
    public required TaskType Type { get; init; }

    public required CollaborationId Collaboration { get; init; }

    public required OrganizationId Organization { get; init; }

    public required UserId User { get; init; }

    /// <summary>Set for a subtask: the organization whose node signed it.</summary>
    public OrganizationId? Delegate { get; init; }

    /// <summary>Set for a central function that asks other nodes from here.</summary>
    public bool Delegates { get; init; }

    public required AlgorithmRef Algorithm { get; init; }

    public required string Function { get; init; }

    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>The session whose frames it uses or changes; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>Label → what a frame was made of. A label is absent where there is no such frame for these people.</summary>
    public IReadOnlyDictionary<string, FrameShape> Frames { get; init; } = new Dictionary<string, FrameShape>();

    /// <summary>
    /// Label → the columns that the arguments name. A label is absent when the function names none or when they are not
    /// known yet; the run then sees the columns that the deciding rule allows.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>One JSON value. Null if they are not known yet; a run begins only once they are.</summary>
    public ReadOnlyMemory<byte>? Arguments { get; init; }

    /// <summary>The places outside that the function asks for, by name. Empty while its code is not known yet.</summary>
    public IReadOnlyList<string> Egress { get; init; } = [];

    public required IReadOnlyList<OrganizationId> Recipients { get; init; }

    /// <summary>The members of the charter that is in force for the collaboration; empty if there is none.</summary>
    public IReadOnlySet<OrganizationId> Members { get; init; } = new HashSet<OrganizationId>();

    public string? Purpose { get; init; }

    public string? ProjectCode { get; init; }

    public required ResourceRequest Resources { get; init; }

    /// <param name="charter">The one in force for the collaboration, if any.</param>
    public PolicyFacts Among(CharterVersion? charter) => charter is null ? this
        : this with { Members = charter.Content.Members.Select(member => member.Organization).ToHashSet() };

    /// <param name="shelf">The frames that this node keeps.</param>
    public PolicyFacts With(FrameShelf shelf) => Session is null ? this : this with
    {
        Frames = Data.Where(data => data.Kind == DataKind.Frame)
            .Select(data => (data.Label, Frame: shelf.Find(new SessionKey(Collaboration, Organization, Session), data.Id, data.Version)))
            .Where(found => found.Frame is not null)
            .ToDictionary(found => found.Label, found => found.Frame!.Record.Shape, StringComparer.Ordinal),
    };

    public static PolicyFacts Of(TaskManifest manifest, Requester requester) => new()
    {
        Type = manifest.Type,
        Collaboration = manifest.Collaboration,
        Organization = requester.Organization,
        User = requester.User,
        Delegate = requester.Delegate?.Organization,
        Delegates = manifest.Delegation is not null,
        Algorithm = manifest.Algorithm,
        Function = manifest.Function,
        Data = manifest.Data,
        Session = manifest.Session,
        Recipients = [.. manifest.Recipients.Select(r => r.Organization)],
        Purpose = manifest.Purpose,
        ProjectCode = manifest.ProjectCode,
        Resources = manifest.Resources,
    };
}
