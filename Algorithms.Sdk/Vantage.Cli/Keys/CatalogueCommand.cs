using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys catalogue</c>: the admin vouches for this installation's built-in algorithms, so that "summary"
/// means exactly this code to the organization's people.
/// </summary>
internal static class CatalogueCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Sign this list instead, in the form of a worker's 'catalogue --json'; it may name images (oci:…@sha256:…).",
        HelpName = "FILE",
    };

    public static Command Build(CliConsole console) =>
        new Command("catalogue",
            "Sign a list of this installation's algorithms; after each update (the organization's admin).")
            .With(Passphrases.File, From).Does(console, async (call, cancellationToken) =>
            {
                using var key = call.Home.OpenRootKey(Passphrases.Ask(call));
                var signed = await SignAsync(call, key, call.Home.ReadRoot(), call.Value(From), cancellationToken);
                call.Output.Result(signed, SignedJson.Default.CatalogueStatement, signed.Serial.ToString(), text =>
                {
                    text.WriteLine($"{call.Home.CataloguePath}, serial {signed.Serial}");
                    foreach (var algorithm in signed.Algorithms)
                    {
                        text.WriteLine($"  {algorithm.Name} {algorithm.Version}: {algorithm.Ref}");
                    }
                });
                call.Output.Say($"Give the new {call.Home.CataloguePath} to your people (vantage keys install).");
            });

    public static async Task<CatalogueStatement> SignAsync(Invocation call, SigningKey key, Certificate root,
        string? from, CancellationToken cancellationToken)
    {
        var worker = from is null
            ? await WorkerCatalogue.ReadAsync(ProgramFinder.Worker.Find(), cancellationToken)
            : await WorkerCatalogue.ReadFileAsync(from, cancellationToken);
        var now = call.Console.Time.GetUtcNow();
        var statement = new CatalogueStatement
        {
            V = 1,
            Issuer = root.Identity.Organization,
            Serial = call.Home.HasCatalogue ? call.Home.ReadCatalogue(now).Serial + 1 : 1,
            IssuedAt = now,
            Algorithms = [.. worker.Algorithms.Select(entry =>
            new CatalogueAlgorithm(entry.Manifest.Name, entry.Manifest.Version,
                ParseRef(entry.Ref), entry.Manifest.Description, [.. entry.Manifest.Functions.Select(f => f.Name)]))],
        };
        return call.Home.InstallCatalogue(Catalogue.Sign(statement, key, CertificateChain.Of(root)), now);
    }

    private static AlgorithmRef ParseRef(string text) => AlgorithmRef.TryParse(text, out var reference)
        ? reference
        : throw new VantageException(ExitCodeOf.ProgramMissing,
        $"The worker names an algorithm '{text}', which is no reference.",
            "Install the worker that belongs to this command.");
}
