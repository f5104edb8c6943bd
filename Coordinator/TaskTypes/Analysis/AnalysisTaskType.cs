using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.TaskTypes.Analysis;

/// <summary>Runs a function of an algorithm once at each target.</summary>
internal sealed class AnalysisTaskType : ITaskType
{
    public TaskType Type => TaskType.Analysis;

    public IReadOnlyList<string> Check(TaskManifest manifest) => [];

    public IReadOnlyList<ManifestTarget> Plan(TaskManifest manifest) => manifest.Targets;
}
