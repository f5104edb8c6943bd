using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Api;

/// <summary>Body of <c>PUT /api/v1/tasks/{id}</c>. The manifest is the only source of fields.</summary>
/// <param name="Manifest">JWS.</param>
/// <param name="Inputs">Small sealed inputs (up to 16 KiB each) by digest; larger ones are uploaded first.</param>
/// <param name="ParentManifest">JWS of the task whose delegation is used.</param>
public sealed record SubmitTask(string Manifest, IReadOnlyList<InlinePayload> Inputs, string? ParentManifest = null);

/// <param name="Bytes">A whole envelope.</param>
public sealed record InlinePayload(Digest Digest, byte[] Bytes);

/// <summary>A task as everyone who may see it sees it.</summary>
/// <param name="Outcome">Absent while open.</param>
public sealed record TaskView(TaskId Id, JobId Job, CollaborationId Collaboration, StudyId? Study, TaskType Type,
    AlgorithmRef Algorithm, string Function, OrganizationId RequesterOrganization, UserId? Requester,
    DateTimeOffset CreatedAt, DateTimeOffset NotAfter, TaskOutcome? Outcome, DateTimeOffset? SettledAt,
    IReadOnlyList<RunView> Runs)
{
    /// <summary>What the runs brought, where <c>?answers=true</c> asked for it, the task has settled and its runs are few.</summary>
    public TaskAnswers? Answers { get; init; }
}

/// <summary>What else takes a request for each run and each payload.</summary>
/// <param name="Manifest">JWS.</param>
public sealed record TaskAnswers(string Manifest, IReadOnlyList<RunAnswer> Runs);

/// <param name="Receipt">JWS; absent where no node ended the run.</param>
/// <param name="Kind">Of what is brought: the result, or else the error.</param>
/// <param name="Sealed">The whole envelope; absent for a large one, which is fetched by itself.</param>
public sealed record RunAnswer(RunId Run, string? Receipt, PayloadKind? Kind, byte[]? Sealed);

/// <param name="Code">The node's stable code, for every outcome but success.</param>
/// <param name="WaitingSince">Since when the waiting reason holds.</param>
/// <param name="Payloads">What can be fetched from <c>/api/v1/runs/{id}/payloads/{kind}</c>.</param>
public sealed record RunView(RunId Id, OrganizationId Organization, NodeId Node, RunPhase Phase, long Epoch,
    RunOutcome? Outcome, string? Code, int? Progress, WaitingReason Waiting, DateTimeOffset? WaitingSince,
    DateTimeOffset UpdatedAt, IReadOnlyList<PayloadView> Payloads);

/// <param name="Available">False once retention removed the bytes.</param>
public sealed record PayloadView(PayloadKind Kind, Digest Digest, long Size, bool Available);

/// <summary>What to check a result with: the signed manifest and the node's signed receipt.</summary>
public sealed record RunEvidence(RunId Run, string Manifest, string? Receipt);

/// <summary>One page of a list; <c>?cursor=</c> continues it.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
