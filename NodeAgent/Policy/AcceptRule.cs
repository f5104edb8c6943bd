using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Policy.Arguments;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Policy;

/// <summary>Accepts a request if every line of it holds. Lines narrow; none widens.</summary>
internal sealed record AcceptRule
{
    public required string Name { get; init; }

    public required IReadOnlySet<CollaborationId> Collaborations { get; init; }

    public required RequesterRule Requesters { get; init; }

    public required IReadOnlyList<AlgorithmPattern> Algorithms { get; init; }

    /// <summary>Whose signature an image needs: one of these. No image runs under a rule that names neither them nor reviewers.</summary>
    public IReadOnlySet<string> Publishers { get; init; } = new HashSet<string>();

    /// <summary>Whose approval an image needs: that of each of these groups.</summary>
    public IReadOnlySet<string> Reviewers { get; init; } = new HashSet<string>();

    /// <summary>Null for all (<c>"*"</c>).</summary>
    public required IReadOnlySet<string>? Functions { get; init; }

    public required IReadOnlyList<DataGrant> Data { get; init; }

    /// <summary>Organizations that may read results. Every recipient of a request must belong to one of them.</summary>
    public required IReadOnlySet<OrganizationId> Recipients { get; init; }

    /// <summary>Null when the purpose does not matter.</summary>
    public IReadOnlySet<string>? Purposes { get; init; }

    /// <summary>Null when the project does not matter.</summary>
    public IReadOnlySet<string>? ProjectCodes { get; init; }

    /// <summary>Organizations whose nodes may ask in the requester's name, by a delegation. None unless listed.</summary>
    public IReadOnlySet<OrganizationId> Delegates { get; init; } = new HashSet<OrganizationId>();

    /// <summary>Whether a central function may ask other nodes from here, in the requester's name.</summary>
    public SubtaskHosting Subtasks { get; init; } = SubtaskHosting.Refuse;

    /// <summary>Places outside that an algorithm may talk to, if it asks for them by name. None unless listed.</summary>
    public IReadOnlyList<EgressGrant> Egress { get; init; } = [];

    /// <summary>Whether prepared data may stay here between tasks.</summary>
    public SessionConsent Sessions { get; init; } = SessionConsent.Refuse;

    /// <summary>Whether made-up rows may be drawn of the data, for those who write code.</summary>
    public PreviewConsent Preview { get; init; } = PreviewConsent.Refuse;

    public RuleLimits Limits { get; init; } = new();

    /// <summary>Data with fewer rows are not computed on at all.</summary>
    public int MinimumRows { get; init; } = DisclosureRules.Acro.MinimumCell;

    /// <summary>What of a result may leave.</summary>
    public DisclosureRules Disclosure { get; init; } = DisclosureRules.Acro;

    /// <summary>What of answers that left before counts against a new one.</summary>
    public MemoryRules Memory { get; init; } = MemoryRules.Acro;

    /// <summary>Lines that say <c>members</c>: whoever the collaboration's charter, as this node follows it, lists.</summary>
    public MemberGrant Members { get; init; } = new();

    public LogRelease Logs { get; init; } = LogRelease.Withhold;

    public ErrorRelease Errors { get; init; } = ErrorRelease.CodeOnly;

    /// <summary>Null if no person is asked.</summary>
    public ApprovalRule? Approval { get; init; }

    /// <summary>By function, what its arguments may be. Null when they do not matter.</summary>
    public IReadOnlyDictionary<string, ArgumentLimits>? Arguments { get; init; }
}

/// <summary>A person of the site has to agree: before the run, before its result leaves, or both.</summary>
/// <param name="Within">No answer by then is no.</param>
internal sealed record ApprovalRule(bool BeforeRun, bool BeforeRelease, TimeSpan Within)
{
    public const int DefaultHours = 72;
}

/// <summary>What the members of the collaboration's charter may, whoever they are.</summary>
internal sealed record MemberGrant(bool Ask = false, bool Read = false, bool Delegate = false);

/// <param name="Organizations">The person must belong to one of these.</param>
/// <param name="Users">And, if this is not null, be one of these.</param>
internal sealed record RequesterRule(IReadOnlySet<OrganizationId> Organizations, IReadOnlySet<UserId>? Users);

/// <param name="Source">Id of a source in node.yaml.</param>
/// <param name="Columns">The columns a run may see; null for all.</param>
internal sealed record DataGrant(string Source, IReadOnlySet<string>? Columns);

/// <summary>What a run may use at the most; a request for more is refused. The defaults are those of a request.</summary>
internal sealed record RuleLimits
{
    public double Cpu { get; init; } = 1;

    public int MemoryMiB { get; init; } = 1024;

    public int DiskMiB { get; init; } = 1024;

    public int TimeSeconds { get; init; } = 3600;

    public int Accelerators { get; init; }

    /// <summary>All outputs of a run together.</summary>
    public int OutputMiB { get; init; } = 64;

    /// <summary>To and from all places outside together.</summary>
    public int EgressMiB { get; init; } = 64;

    /// <summary>Frames that people of one organization keep in one collaboration, all their sessions and versions together.</summary>
    public int Frames { get; init; } = 20;

    /// <summary>What those frames take of the disk, together.</summary>
    public int FramesMiB { get; init; } = 1024;

    /// <summary>A frame that nobody used for so long goes.</summary>
    public int FrameDays { get; init; } = 7;
}

/// <summary>
/// Whether this node signs subtasks for a central function. It gives nobody access to data here; it lends the node's key
/// and its line to what a requester delegated.
/// </summary>
internal enum SubtaskHosting
{
    Refuse,
    Allow,
}

/// <summary>
/// Whether a task may keep what it prepared of the data (a frame) at this node, and later tasks compute on it. Frames never
/// leave, and the rule's own lines hold for what they were made of.
/// </summary>
internal enum SessionConsent
{
    Refuse,
    Allow,
}

/// <summary>Whether what an algorithm logs leaves the node, sealed for the recipients. Logs may hold data.</summary>
internal enum LogRelease
{
    Withhold,
    Release,
}

/// <summary>How much of a failure leaves the node, sealed for the recipients. Error texts may hold data.</summary>
internal enum ErrorRelease
{
    /// <summary>The code, the function, and the line of the algorithm's source.</summary>
    CodeOnly,

    /// <summary>All of it, in the algorithm's own words.</summary>
    Release,
}

/// <summary>Whether rows that look like the data may leave. Each column is drawn by itself, from rounded quantiles and levels.</summary>
internal enum PreviewConsent
{
    Refuse,
    Allow,
}
