using System.CommandLine;

namespace Vantage.Cli.Programs;

/// <summary>Puts commands of other programs into the help; carrying them out never comes this far.</summary>
internal static class PassThroughCommands
{
    public static void Add(Command noun)
    {
        foreach (var entry in PassThrough.Table.Where(entry => entry.Noun == noun.Name))
        {
            noun.Subcommands.Add(new Command(entry.Verb,
                $"{entry.Description} Options: vantage {noun.Name} {entry.Verb} --help"));
        }
    }
}
