using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Tasks;
using Vantage.Client.Crates;
using Vantage.Client.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Crates;

/// <summary><c>vantage verify</c>: a task's crate, without asking anybody.</summary>
internal static class VerifyCrateCommand
{
    public static void Fill(Command command, CliConsole console)
    {
        var crate = new Argument<string>("crate") { Description = "The folder or .zip of 'vantage task export'." };
        var roots = new Option<string[]>("--root")
        {
            Description = "A root certificate (PEM) to believe instead of the home's pins; once for each organization.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        command.With(crate, roots).Does(console, (call, _) =>
        {
            var now = call.Console.Time.GetUtcNow();
            var trust = call.Value(roots) is { Length: > 0 } files ? Named(files) : call.Home.ReadTrust(now, forNewWork: false);
            var verified = TaskCrate.Verify(call.Required(crate), trust, now);
            call.Output.Result(verified, CliJson.Default.VerifiedCrate, verified.Manifest.ToString(), text =>
            {
                CrateText.Write(text, verified, TaskSelection.SiteNames(call));
                text.WriteLine("Everything in it is signed, unaltered and fits together.");
            });
            return Task.CompletedTask;
        });
    }

    private static PinnedRoots Named(IEnumerable<string> files) => new(files.Select(file =>
    {
        try
        {
            return PinnedRoot.Of(Certificate.FromPem(File.ReadAllText(file)));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ClientErrorCodes.CertificateUntrusted, $"{file} is no root: {e.Message}");
        }
    }));
}
