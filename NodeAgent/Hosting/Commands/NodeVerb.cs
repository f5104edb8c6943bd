namespace Vantage.NodeAgent.Hosting.Commands;

/// <summary>One word that this program understands, with its options.</summary>
/// <param name="Name">One word, or two for a verb of a noun.</param>
/// <param name="Options">Beside <c>--dir</c>, <c>--json</c> and <c>--help</c>, which every verb has.</param>
internal sealed record NodeVerb(
    string Name, string Summary, IReadOnlyList<VerbOption> Options, Func<VerbCall, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>A word besides the options, such as what the verb is about.</summary>
    public VerbOption? Word { get; init; }

    /// <summary>Words after the options are taken as they are, for a verb that reads them itself.</summary>
    public bool TakesRest { get; init; }
}

/// <param name="Value">What the help calls the value; null for a switch.</param>
internal sealed record VerbOption(string Name, string? Value, string Meaning, bool Required = false)
{
    public static VerbOption Directory { get; } = new("--dir", "DIR", "The node's directory.", Required: true);

    public static VerbOption Json { get; } = new("--json", null, "One line of JSON instead of text.");

    public static VerbOption Help { get; } = new("--help", null, "This text.");
}
