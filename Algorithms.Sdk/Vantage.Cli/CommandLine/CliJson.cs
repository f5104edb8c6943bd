using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Cli.Accounts;
using Vantage.Cli.Algorithms;
using Vantage.Cli.Audits;
using Vantage.Cli.Charters;
using Vantage.Cli.Demo;
using Vantage.Cli.Help;
using Vantage.Cli.Keys;
using Vantage.Cli.Printing;
using Vantage.Cli.Profiles;
using Vantage.Cli.Sandboxes;
using Vantage.Cli.Store;
using Vantage.Cli.Tasks;
using Vantage.Cli.Tasks.Asking;
using Vantage.Cli.Tasks.Reading;
using Vantage.Cli.Tokens;
using Vantage.Client.Asking;
using Vantage.Client.Crates;
using Vantage.Protocol.Api;

namespace Vantage.Cli.CommandLine;

/// <summary>
/// An error as <c>--json</c> writes it to standard error: a problem (RFC 9457) with what to do and the exit code.
/// </summary>
internal sealed record CliProblem(string Type, string Title, int? Status, string Code, string Detail, string? Next,
    int ExitCode, IReadOnlyDictionary<string, string[]>? Errors = null, string? TraceId = null);

/// <summary>JSON of what the commands print that is not a record of the protocol.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Algorithms.Authoring.NewAlgorithm))]
[JsonSerializable(typeof(CliProblem))]
[JsonSerializable(typeof(DemoOutcome))]
[JsonSerializable(typeof(ExitCodeList))]
[JsonSerializable(typeof(RevokedToken))]
[JsonSerializable(typeof(FingerprintList))]
[JsonSerializable(typeof(Certified))]
[JsonSerializable(typeof(PinnedPartners))]
[JsonSerializable(typeof(Installed))]
[JsonSerializable(typeof(Keys.Devices.ShownDevice))]
[JsonSerializable(typeof(Keys.Devices.ShownDevices))]
[JsonSerializable(typeof(Keys.Custody.MadeBackup))]
[JsonSerializable(typeof(Keys.Custody.ReleasedView))]
[JsonSerializable(typeof(Keys.Custody.RecoveredView))]
[JsonSerializable(typeof(Keys.Revoking.SignerView))]
[JsonSerializable(typeof(Keys.Revoking.RevokedKeysView))]
[JsonSerializable(typeof(Keys.Revoking.RevokedKeysViews))]
[JsonSerializable(typeof(CharterView))]
[JsonSerializable(typeof(CharterChanges))]
[JsonSerializable(typeof(TaskAsked))]
[JsonSerializable(typeof(Answer<JsonElement?>))]
[JsonSerializable(typeof(SiteAnswers))]
[JsonSerializable(typeof(ExplainedTask))]
[JsonSerializable(typeof(WrittenResult))]
[JsonSerializable(typeof(SandboxView))]
[JsonSerializable(typeof(SandboxEnded))]
[JsonSerializable(typeof(PushedImage))]
[JsonSerializable(typeof(SavedImage))]
[JsonSerializable(typeof(SignedImage))]
[JsonSerializable(typeof(Algorithms.Adopting.AdoptedImage))]
[JsonSerializable(typeof(VerifiedImage))]
[JsonSerializable(typeof(InspectedImage))]
[JsonSerializable(typeof(RevokedList))]
[JsonSerializable(typeof(SubmissionDetails))]
[JsonSerializable(typeof(SubmissionDifference))]
[JsonSerializable(typeof(ExportedTrail))]
[JsonSerializable(typeof(ForgottenPerson))]
[JsonSerializable(typeof(VerifiedTrail))]
[JsonSerializable(typeof(VerifiedCrate))]
[JsonSerializable(typeof(ItemList<AuditEntry>), TypeInfoPropertyName = "ItemListAuditEntry")]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(RemovedProfile))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(ItemList<UserSession>), TypeInfoPropertyName = "ItemListUserSession")]
[JsonSerializable(typeof(ItemList<Passkey>), TypeInfoPropertyName = "ItemListPasskey")]
[JsonSerializable(typeof(Tasks.Asking.SheetAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ItemList<ProfileView>), TypeInfoPropertyName = "ItemListProfileView")]
[JsonSerializable(typeof(ItemList<TaskView>), TypeInfoPropertyName = "ItemListTaskView")]
[JsonSerializable(typeof(ItemList<Organization>), TypeInfoPropertyName = "ItemListOrganization")]
[JsonSerializable(typeof(ItemList<User>), TypeInfoPropertyName = "ItemListUser")]
[JsonSerializable(typeof(Roles.DeletedRole))]
[JsonSerializable(typeof(ItemList<RoleInfo>), TypeInfoPropertyName = "ItemListRoleInfo")]
[JsonSerializable(typeof(ItemList<RuleInfo>), TypeInfoPropertyName = "ItemListRuleInfo")]
[JsonSerializable(typeof(ItemList<TokenInfo>), TypeInfoPropertyName = "ItemListTokenInfo")]
[JsonSerializable(typeof(ItemList<Collaboration>), TypeInfoPropertyName = "ItemListCollaboration")]
[JsonSerializable(typeof(ItemList<Study>), TypeInfoPropertyName = "ItemListStudy")]
[JsonSerializable(typeof(Results.SharedTask))]
[JsonSerializable(typeof(Results.SharedTasks))]
[JsonSerializable(typeof(ItemList<GrantView>), TypeInfoPropertyName = "ItemListGrantView")]
[JsonSerializable(typeof(ItemList<Submission>), TypeInfoPropertyName = "ItemListSubmission")]
[JsonSerializable(typeof(Dictionaries.DictionaryStatus))]
[JsonSerializable(typeof(Dictionaries.DictionaryPreview))]
[JsonSerializable(typeof(ItemList<PublishedDictionary>), TypeInfoPropertyName = "ItemListPublishedDictionary")]
[JsonSerializable(typeof(ItemList<StoreRule>), TypeInfoPropertyName = "ItemListStoreRule")]
[JsonSerializable(typeof(ItemList<Node>), TypeInfoPropertyName = "ItemListNode")]
internal sealed partial class CliJson : JsonSerializerContext;
