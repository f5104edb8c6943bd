namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>The rules of each preset, with what a person should know before changing a line.</summary>
internal static class PresetRules
{
    /// <summary>Statistics as people call them, each with what it asks beside the data.</summary>
    private static readonly string[] Library =
    [
        "summary", "histogram", "quantiles", "crosstab", "ttest", "anova", "correlation", "linear", "logistic", "poisson", "negbin", "gamma", "ridge",
        "meta", "fedavg", "kaplan-meier", "logrank", "cox", "pca", "kmeans", "roc",
    ];

    public static void Closed(PresetWriter file, PresetChoice choice)
    {
        file.Line("# Nothing is accepted: whatever no rule accepts is refused. A rule looks like this:");
        file.Line("#");
        file.Line("#   - name: summaries for one study");
        file.Line("#     collaborations: [col_…]          # which collaboration may ask");
        file.Line("#     requesters: { organizations: [org_…] }");
        file.Line("#     algorithms: [\"builtin:summary@*\"]");
        file.Line("#     functions: [partial]");
        file.Line("#     data:");
        file.Line($"#       - source: {(choice.Sources is [var first, ..] ? first : "patients")}");
        file.Line("#     recipients: { organizations: [org_…] }");
        file.Line("#");
        file.Line("# 'vantage node policy init --preset statistics-only --replace' writes one that you can use.");
        file.Line("accept: []");
    }

    public static void Statistics(PresetWriter file, PresetChoice choice)
    {
        file.Line("accept:");
        file.Line("  # Counts, means, tables, models, survival: the code that came with this node, in whichever version is");
        file.Line("  # installed. What leaves is numbers about groups, and the names of groups: the categories of text columns.");
        file.Line("  - name: statistics");
        file.Who(choice);
        file.Line($"    algorithms: [{string.Join(", ", Library.Select(name => PresetWriter.Quote($"builtin:{name}@*")))}]");
        file.Line("    # The parts that are computed beside the data. No program runs here that asks other sites.");
        file.Line("    functions: [partial, frame, levels, range, times, within, concordance, scores, grid, products, moments]");
        file.Data(choice);
        file.Readers(choice);
        file.Line("    # Fewer rows than this are not computed on; ask your statistician before you lower it.");
        file.Line("    minimumRows: 10");
        file.Line("    # What of a result may leave: ACRO's rules on small cells, dominance and saturated models (docs/disclosure.md).");
        file.Line("    disclosure: acro");
        file.Line("    limits: { cpu: 1, memoryMiB: 1024, timeSeconds: 3600, outputMiB: 16 }");
        file.Line("    # Logs and error texts may hold data: they stay here.");
        file.Line("    logs: withhold");
        file.Line("    errors: code-only");
        file.Line("    # Uncomment for a person's word before anything leaves ('vantage node approvals list'):");
        file.Line("    # approval: before-release");
    }

    public static void Reviewed(PresetWriter file, PresetChoice choice)
    {
        file.Publisher(choice.Code!);
        file.Line("accept:");
        file.Line("  # Code that you reviewed. With a digest it is exactly that image; a repository alone stands for whatever its");
        file.Line("  # publisher signs there. Either way it has to be signed.");
        file.Line("  - name: reviewed code");
        file.Who(choice);
        file.Line($"    algorithms: [{string.Join(", ", choice.Code!.Algorithms.Select(code => PresetWriter.Quote(code.ToString())))}]");
        file.Line($"    publishers: [{PresetWriter.Quote(choice.Code.Publisher)}]");
        file.Line("    # All functions of that code. Name some to narrow it; 'arguments:' limits what they may be asked.");
        file.Line("    functions: [\"*\"]");
        file.Data(choice);
        file.Readers(choice);
        file.Line("    minimumRows: 10");
        file.Line("    disclosure: acro");
        file.Line("    limits: { cpu: 1, memoryMiB: 1024, timeSeconds: 3600, outputMiB: 16 }");
        file.Line("    logs: withhold");
        file.Line("    errors: code-only");
        file.Line("    # A person of this site sees who asks what before it runs, and every byte before it leaves.");
        file.Line("    approval: both");
        file.Line("    approvalHours: 72");
    }
}
