namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>A first policy, written for a person who will change it.</summary>
/// <param name="Name">As the command line takes it.</param>
/// <param name="NeedsCode">It names reviewed code, which the admin has to choose.</param>
/// <param name="Write">The rules.</param>
internal sealed record PolicyPreset(string Name, string Meaning, bool AsksFor, bool NeedsCode, Action<PresetWriter, PresetChoice> Write)
{
    /// <summary>In the order from the strictest on.</summary>
    public static IReadOnlyList<PolicyPreset> All { get; } =
    [
        new("closed", "Accepts nothing. A place to start from.", AsksFor: false, NeedsCode: false, PresetRules.Closed),
        new("statistics-only", "The federated statistics that ship with the node, over whole sources; nothing else.", AsksFor: true, NeedsCode: false, PresetRules.Statistics),
        new("reviewed-images", "Code that you reviewed, named by its digest, and each run and each result approved by a person.",
            AsksFor: true, NeedsCode: true, PresetRules.Reviewed),
    ];

    public string Text(PresetChoice choice)
    {
        var writer = new PresetWriter();
        writer.Head(this, choice);
        Write(writer, choice);
        return writer.ToString();
    }
}
