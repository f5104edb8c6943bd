using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Tasks;

namespace Vantage.Cli.Crates;

/// <summary><c>vantage task export</c>.</summary>
internal static class ExportCommand
{
    public static Command Build(CliConsole console)
    {
        var task = TaskSelection.Argument();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder to make, or a file ending in .zip.", HelpName = "PATH", Required = true,
        };
        var results = new Option<bool>("--results")
        {
            Description = "Decrypted results and errors too. Whoever has the crate reads them.",
        };
        var payloads = new Option<bool>("--sealed") { Description = "The sealed payloads too. Nobody reads them without a key." };
        return new Command("export", "Write what was asked and what came of it, signed, as an RO-Crate that 'vantage verify' verifies.")
            .With(task, output, results, payloads).Does(console, async (call, cancellationToken) =>
            {
                var view = await call.Client.GetTaskAsync(TaskSelection.Parse(call.Required(task)), cancellationToken);
                var crate = await call.Client.ExportTaskAsync(view, call.Required(output), call.Value(results), call.Value(payloads), cancellationToken);
                call.Output.Result(crate, CliJson.Default.VerifiedCrate, call.Required(output), text =>
                {
                    CrateText.Write(text, crate, TaskSelection.SiteNames(call));
                    text.WriteLine($"written to {call.Required(output)}");
                });
            });
    }
}
