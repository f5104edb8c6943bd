namespace Federation.Tests.Documents;

/// <summary>The commands of a document: in its <c>console</c> blocks, lines after <c>$</c> and their continuations after <c>&gt;</c>.</summary>
internal static class ConsoleBlocks
{
    public static IReadOnlyList<string> CommandsOf(string markdown)
    {
        var commands = new List<string>();
        var inside = false;
        var continues = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line.TrimEnd() == "```console";
                continues = false;
            }
            else if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                commands.Add(line[2..]);
                continues = true;
            }
            else if (inside && continues && line.StartsWith('>'))
            {
                commands[^1] += "\n" + (line.Length > 2 ? line[2..] : "");
            }
            else
            {
                continues = false;
            }
        }

        return commands;
    }
}
