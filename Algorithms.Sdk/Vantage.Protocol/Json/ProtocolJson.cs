using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;

namespace Vantage.Protocol.Json;

/// <summary>
/// JSON of everything that travels unsigned: camelCase, unknown members ignored (so that old peers understand newer
/// ones), absent members for null.
/// </summary>
public sealed class ProtocolJson : ProtocolJsonTypes, IJsonTypeInfoResolver
{
    private static readonly ProtocolJsonTypes Types = new();

    private ProtocolJson(JsonSerializerOptions options)
        : base(options)
    {
    }

    public static new ProtocolJson Default { get; } = new(new JsonSerializerOptions(ProtocolJsonTypes.Default.Options));

    /// <summary>
    /// The generator takes every parameter of a record for required. What may be null may be absent, since that is how null
    /// is written.
    /// </summary>
    JsonTypeInfo? IJsonTypeInfoResolver.GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var info = ((IJsonTypeInfoResolver)Types).GetTypeInfo(type, options);
        foreach (var member in info?.Properties ?? [])
        {
            if (member.AssociatedParameter is { IsNullable: true })
                member.IsRequired = false;
        }

        return info;
    }
}

/// <summary>The types themselves; <see cref="ProtocolJson"/> is what everyone uses.</summary>
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
[JsonSerializable(typeof(Page<UserSession>))]
[JsonSerializable(typeof(PasswordSignIn))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(ConfirmSession))]
[JsonSerializable(typeof(SetPassword))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(AskRecovery))]
[JsonSerializable(typeof(VerifyEmail))]
[JsonSerializable(typeof(ChangeEmail))]
[JsonSerializable(typeof(InviteUser))]
[JsonSerializable(typeof(InvitedUser))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(NewTotp))]
[JsonSerializable(typeof(ConfirmTotp))]
[JsonSerializable(typeof(RecoveryCodeList))]
[JsonSerializable(typeof(PasskeyChallenge))]
[JsonSerializable(typeof(AddPasskey))]
[JsonSerializable(typeof(PasskeySignIn))]
[JsonSerializable(typeof(Page<Passkey>))]
[JsonSerializable(typeof(Page<Organization>))]
[JsonSerializable(typeof(CreateOrganization))]
[JsonSerializable(typeof(PublishRoot))]
[JsonSerializable(typeof(PublishRevocations))]
[JsonSerializable(typeof(Page<RevocationList>))]
[JsonSerializable(typeof(GiveGrant))]
[JsonSerializable(typeof(RenewNodeKeys))]
[JsonSerializable(typeof(Page<GrantView>))]
[JsonSerializable(typeof(Page<User>))]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(CreatedUser))]
[JsonSerializable(typeof(Page<RoleInfo>))]
[JsonSerializable(typeof(CreateRole))]
[JsonSerializable(typeof(EditRole))]
[JsonSerializable(typeof(GiveRoles))]
[JsonSerializable(typeof(Page<RuleInfo>))]
[JsonSerializable(typeof(PublishCertificates))]
[JsonSerializable(typeof(Page<TokenInfo>))]
[JsonSerializable(typeof(CreateToken))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(RotateToken))]
[JsonSerializable(typeof(SignOnProviders))]
[JsonSerializable(typeof(CreateServiceAccount))]
[JsonSerializable(typeof(OpenSignOn))]
[JsonSerializable(typeof(SignedOn))]
[JsonSerializable(typeof(LinkedIdentities))]
[JsonSerializable(typeof(LinkIdentity))]
[JsonSerializable(typeof(RenewToken))]
[JsonSerializable(typeof(Page<Collaboration>))]
[JsonSerializable(typeof(CreateCollaboration))]
[JsonSerializable(typeof(Page<Study>))]
[JsonSerializable(typeof(CreateStudy))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(CharterBook))]
[JsonSerializable(typeof(AgreeToCharter))]
[JsonSerializable(typeof(CharterStanding))]
[JsonSerializable(typeof(List<SignedCharter>))]
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
[JsonSerializable(typeof(Page<Submission>))]
[JsonSerializable(typeof(SubmitAlgorithm))]
[JsonSerializable(typeof(ReviewAlgorithm))]
[JsonSerializable(typeof(AlgorithmReviews))]
[JsonSerializable(typeof(StoreRule))]
[JsonSerializable(typeof(Page<StoreRule>))]
[JsonSerializable(typeof(SetStoreRule))]
[JsonSerializable(typeof(Page<PublishedDictionary>))]
[JsonSerializable(typeof(PublishDictionary))]
[JsonSerializable(typeof(AuditTrailView))]
[JsonSerializable(typeof(AuditHashes))]
[JsonSerializable(typeof(Health))]
public partial class ProtocolJsonTypes : JsonSerializerContext;
