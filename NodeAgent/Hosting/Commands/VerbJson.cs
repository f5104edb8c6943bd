using System.Text.Json.Serialization;
using Vantage.NodeAgent.Approvals.Desk;
using Vantage.NodeAgent.Checks;
using Vantage.NodeAgent.Disclosure.Memory.Desk;
using Vantage.NodeAgent.LocalConsole;

namespace Vantage.NodeAgent.Hosting.Commands;

/// <summary>An error as <c>--json</c> writes it to standard error, in the form of the <c>vantage</c> command's.</summary>
internal sealed record VerbProblem(string Type, string Title, string Code, string Detail, int ExitCode);

/// <summary>JSON of what the verbs print.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(VerbProblem))]
[JsonSerializable(typeof(NodeReady))]
[JsonSerializable(typeof(Setup.SetupDone))]
[JsonSerializable(typeof(Trust.Rotation.RotationAsked))]
[JsonSerializable(typeof(Trust.ProtectedKeys))]
[JsonSerializable(typeof(Policy.Presets.InitDone))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(Data.Desk.DatasetView))]
[JsonSerializable(typeof(Data.Desk.PreviewDone))]
[JsonSerializable(typeof(Data.Desk.MappingBegun))]
[JsonSerializable(typeof(IReadOnlyList<Data.Dictionaries.Checking.DictionaryView>))]
[JsonSerializable(typeof(IReadOnlyList<Data.Desk.DatasetView>))]
[JsonSerializable(typeof(IReadOnlyList<Data.Desk.DatasetVersion>))]
[JsonSerializable(typeof(Policy.Explaining.PolicyExplanation))]
[JsonSerializable(typeof(List<Policy.Explaining.PolicyExplanation>))]
[JsonSerializable(typeof(Rehearsals.RehearsalReport))]
[JsonSerializable(typeof(IReadOnlyList<Images.Importing.ImportedImage>))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(ApprovalReply))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(MemoryReply))]
internal sealed partial class VerbJson : JsonSerializerContext;
