using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting.Commands;

/// <summary>The help, printed from the table of verbs and the table of exit codes.</summary>
internal static class VerbHelp
{
    /// <param name="noun">What all the verbs are about, if they are of one noun.</param>
    public static void Write(IReadOnlyList<NodeVerb> verbs, TextWriter text, string? noun = null)
    {
        text.WriteLine($"usage: vantage node {(noun is null ? "" : $"{noun} ")}VERB --dir DIR [options]\n");
        var width = verbs.Max(verb => verb.Name.Length) + 2;
        foreach (var verb in verbs)
        {
            text.WriteLine($"  {verb.Name.PadRight(width)}{verb.Summary}");
        }

        text.WriteLine("\nexit codes:");
        foreach (var code in ExitCodes.Table)
        {
            text.WriteLine($"  {code.Code,3}  {code.Meaning}");
        }
    }

    public static void Write(NodeVerb verb, TextWriter text)
    {
        text.WriteLine($"usage: vantage node {verb.Name}{(verb.Word is { } word ? $" {word.Name}" : "")} [options]\n\n{verb.Summary}\n");
        var options = OptionsOf(verb).Select(option => ($"{option.Name} {option.Value}".TrimEnd(), option)).ToList();
        var width = options.Max(option => option.Item1.Length) + 2;
        foreach (var (shown, option) in options)
        {
            text.WriteLine($"  {shown.PadRight(width)}{option.Meaning}{(option.Required ? " Required." : "")}");
        }
    }

    public static IEnumerable<VerbOption> OptionsOf(NodeVerb verb) =>
        [.. verb.TakesRest ? [] : new[] { VerbOption.Directory }, .. verb.Options, VerbOption.Json, VerbOption.Help];
}
