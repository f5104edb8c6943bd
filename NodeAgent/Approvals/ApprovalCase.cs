using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Approvals;

/// <summary>
/// All that a person is asked to agree to. Its bytes' digest is the subject of the answer: whatever stands in here can't
/// change between the answer and the deed.
/// </summary>
internal sealed record ApprovalCase
{
    public required ApprovalGate Gate { get; init; }

    public required TaskId Task { get; init; }

    public required RunId Run { get; init; }

    /// <summary>Of the signed request's exact bytes.</summary>
    public required Digest Manifest { get; init; }

    public required CollaborationId Collaboration { get; init; }

    /// <summary>The person whose signature carries the request, and their organization.</summary>
    public required UserId User { get; init; }

    public required OrganizationId Organization { get; init; }

    /// <summary>For a subtask: the node that asks in the person's name.</summary>
    public NodeId? Delegate { get; init; }

    public OrganizationId? DelegateOrganization { get; init; }

    public required IReadOnlyList<CaseReader> Recipients { get; init; }

    public string? Purpose { get; init; }

    public string? ProjectCode { get; init; }

    /// <summary>With the code's digest.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Who signed it, if it is an image.</summary>
    public string? Publisher { get; init; }

    public required string Function { get; init; }

    public required JsonElement Arguments { get; init; }

    public required IReadOnlyList<CaseData> Data { get; init; }

    public required ResourceRequest Resources { get; init; }

    /// <summary>What it may reach outside while it runs. Null for nothing, and then it has no network at all.</summary>
    public IReadOnlyList<CaseEgress>? Egress { get; init; }

    public required string Rule { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Before a release: what would leave, byte for byte. Empty before a run.</summary>
    public IReadOnlyList<CaseOutput> Outputs { get; init; } = [];

    public static ApprovalCase Of(
        ApprovalGate gate, RunOrder order, string rule, IReadOnlyList<CaseData> data) => new()
    {
        Gate = gate,
        Task = order.Manifest.Task,
        Run = order.Run,
        Manifest = order.ManifestDigest,
        Collaboration = order.Manifest.Collaboration,
        User = order.Requester.User,
        Organization = order.Requester.Organization,
        Delegate = order.Requester.Delegate?.Node,
        DelegateOrganization = order.Requester.Delegate?.Organization,
        Recipients = [.. order.Manifest.Recipients.Select(reader => new CaseReader(reader.Organization, reader.Principal)).Distinct()],
        Purpose = order.Manifest.Purpose,
        ProjectCode = order.Manifest.ProjectCode,
        Algorithm = order.Manifest.Algorithm.Text,
        Function = order.Manifest.Function,
        Arguments = JsonSerializer.Deserialize(order.Arguments.Span, ApprovalJson.Default.JsonElement),
        Data = data,
        Resources = order.Manifest.Resources,
        Rule = rule,
        NotAfter = order.Manifest.NotAfter,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ApprovalJson.Default.ApprovalCase);

    public Digest Subject() => Digest.Of(ToBytes());
}

/// <summary>Who could read the result.</summary>
internal sealed record CaseReader(OrganizationId Organization, string Principal);

/// <param name="Columns">Those that the run sees; null for all of the source.</param>
internal sealed record CaseData(string Label, string Source, IReadOnlyList<string>? Columns);

/// <param name="Name">By which the function asks for it and the rule grants it.</param>
/// <param name="Place">The host and port that this site has given the name.</param>
internal sealed record CaseEgress(string Name, string Place);

/// <param name="Digest">Of the bytes that the recipients would read.</param>
internal sealed record CaseOutput(PayloadKind Kind, Digest Digest, long Size);

/// <summary>What an executor says when a rule wants a person's word.</summary>
/// <param name="Case">As far as the executor knows it.</param>
/// <param name="Within">How long the person has.</param>
internal sealed record ApprovalQuestion(ApprovalCase Case, TimeSpan Within);

/// <summary>JSON of what is asked and held.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ApprovalCase))]
[JsonSerializable(typeof(Holding.HeldWork))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
