using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Images.Sidecars;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Reviews;
using Vantage.Protocol.Statements;

namespace Vantage.Protocol.Json;

/// <summary>
/// JSON of what is signed: unknown and duplicate members are refused, since a verifier that skips what it does not
/// understand would agree to something it did not read.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeJsonConverter), typeof(ExactBase64JsonConverter)])]
[JsonSerializable(typeof(TaskManifest))]
[JsonSerializable(typeof(PinStatement))]
[JsonSerializable(typeof(CatalogueStatement))]
[JsonSerializable(typeof(RevocationStatement))]
[JsonSerializable(typeof(KeyRevocationStatement))]
[JsonSerializable(typeof(BackupStatement))]
[JsonSerializable(typeof(BackupContent))]
[JsonSerializable(typeof(ReleasedShare))]
[JsonSerializable(typeof(GrantStatement))]
[JsonSerializable(typeof(ReviewStatement))]
[JsonSerializable(typeof(SubmissionStatement))]
[JsonSerializable(typeof(DictionaryStatement))]
[JsonSerializable(typeof(SignInStatement))]
[JsonSerializable(typeof(Charter))]
[JsonSerializable(typeof(CharterConsent))]
[JsonSerializable(typeof(OuterReceipt))]
[JsonSerializable(typeof(InnerReceipt))]
[JsonSerializable(typeof(Sidecar))]
[JsonSerializable(typeof(TrailLine))]
[JsonSerializable(typeof(AuditHead))]
public sealed partial class SignedJson : JsonSerializerContext;
