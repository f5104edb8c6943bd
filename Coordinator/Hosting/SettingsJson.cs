using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Accounts.SingleSignOn;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Tasks;

namespace Vantage.Coordinator.Hosting;

/// <summary>Settings files: a misspelt name is an error, comments and trailing commas are fine.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(LimitSettings))]
[JsonSerializable(typeof(PayloadSettings))]
[JsonSerializable(typeof(TaskSettings))]
[JsonSerializable(typeof(TokenSettings))]
[JsonSerializable(typeof(SignOnSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
