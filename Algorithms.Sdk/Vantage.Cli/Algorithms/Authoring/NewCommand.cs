using System.CommandLine;
using System.Text.RegularExpressions;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary><c>vantage algorithm new</c>: a folder that runs at once, with the kit in it, so that nothing has to be fetched.</summary>
internal static partial class NewCommand
{
    public static Command Build(CliConsole console)
    {
        var language = new Option<string>("--language") { Description = "One of dotnet, python, r.", HelpName = "NAME", Required = true };
        language.AcceptOnlyFromAmong([.. Language.All.Select(l => l.Name)]);
        var name = new Argument<string>("name") { Description = "The algorithm's name, a-z, 0-9 and '-'; the folder is called so too." };
        return new Command("new", "A folder with a small algorithm that is complete: to build, to test, to make an image of.")
            .With(name, language).Does(console, (call, cancellationToken) =>
            {
                var folder = Make(call.Required(name), call.Required(language), Directory.GetCurrentDirectory());
                call.Output.Result(new NewAlgorithm(folder), CliJson.Default.NewAlgorithm, folder, text =>
                {
                    text.WriteLine($"made {folder}");
                    text.WriteLine("try it: vantage algorithm test " + call.Required(name)
                        + $" --data {call.Required(name)}/north.csv --data {call.Required(name)}/south.csv --args '{{\"column\":\"age\"}}'");
                });
                return Task.CompletedTask;
            });
    }

    /// <returns>The folder.</returns>
    internal static string Make(string name, string language, string where)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw UsageException.Because($"'{name}' is not an algorithm's name.", "a-z, 0-9 and single '-' between them, a letter first.");
        }

        var folder = Path.Combine(where, name);
        if (Path.Exists(folder))
        {
            throw new VantageException(Protocol.Errors.ErrorCodes.Conflict, $"{folder} is there already.", "Take another name, or remove it.");
        }

        Template.Write(language, name, folder);
        if (language == Language.DotNet.Name)
        {
            DotNetKit.Copy(Path.Combine(folder, "kit"));
        }

        return folder;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}

/// <param name="Folder">Where it is.</param>
internal sealed record NewAlgorithm(string Folder);
