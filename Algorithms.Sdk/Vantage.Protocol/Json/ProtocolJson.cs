using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;

namespace Vantage.Protocol.Json;

/// <summary>
/// JSON of everything that travels unsigned: camelCase, unknown members ignored (so that old peers understand newer
/// ones), absent members for null.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(HeartbeatReply))]
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(ReconcileReply))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(ClaimReply))]
[JsonSerializable(typeof(CommitRequest))]
[JsonSerializable(typeof(CommitReply))]
[JsonSerializable(typeof(IReadOnlyList<StopOrder>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(Page<Organization>))]
[JsonSerializable(typeof(CreateOrganization))]
[JsonSerializable(typeof(PublishRoot))]
[JsonSerializable(typeof(Page<User>))]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(CreatedUser))]
[JsonSerializable(typeof(PublishCertificates))]
[JsonSerializable(typeof(Page<TokenInfo>))]
[JsonSerializable(typeof(CreateToken))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(Page<Collaboration>))]
[JsonSerializable(typeof(CreateCollaboration))]
[JsonSerializable(typeof(Page<Study>))]
[JsonSerializable(typeof(CreateStudy))]
[JsonSerializable(typeof(Page<Node>))]
[JsonSerializable(typeof(InviteNode))]
[JsonSerializable(typeof(InvitedNode))]
[JsonSerializable(typeof(EnrolNode))]
[JsonSerializable(typeof(EnrolledNode))]
[JsonSerializable(typeof(SignInChallengeRequest))]
[JsonSerializable(typeof(SignInChallenge))]
[JsonSerializable(typeof(NodeSignIn))]
[JsonSerializable(typeof(NodeSession))]
[JsonSerializable(typeof(SubmitTask))]
[JsonSerializable(typeof(Page<TaskView>))]
[JsonSerializable(typeof(RunEvidence))]
[JsonSerializable(typeof(StartUpload))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(TaskEvent))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(Health))]
public sealed partial class ProtocolJson : JsonSerializerContext;
