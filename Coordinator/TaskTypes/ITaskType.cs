using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.TaskTypes;

/// <summary>
/// What the Coordinator knows of one kind of task; a further kind is a further folder. It judges only what the signed
/// manifest says in the clear, and only to tell mistakes early: nodes judge for themselves.
/// </summary>
internal interface ITaskType
{
    TaskType Type { get; }

    /// <summary>Sentences about members that do not fit this type; empty if it can be stored.</summary>
    IReadOnlyList<string> Check(TaskManifest manifest);

    /// <summary>The runs to make. Their ids are the client's, signed with the rest.</summary>
    IReadOnlyList<ManifestTarget> Plan(TaskManifest manifest);
}

/// <summary>The types that this Coordinator serves.</summary>
internal sealed class TaskTypeCatalogue(IEnumerable<ITaskType> types)
{
    private readonly Dictionary<TaskType, ITaskType> byType = types.ToDictionary(type => type.Type);

    public ITaskType? Find(TaskType type) => byType.GetValueOrDefault(type);

    public Refusal NotYet(TaskType type) => new(ErrorCodes.NotYet,
        $"This Coordinator does not serve tasks of type '{type.ToExactName()}' yet; it serves "
        + $"{string.Join(", ", byType.Keys.Select(known => $"'{known.ToExactName()}'"))}. Ask its admin for a newer version.");
}
