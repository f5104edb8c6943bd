using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys init</c>: makes the organization's root, publishes its certificate, pins it at home, and signs a
/// catalogue of the built-in algorithms. What an interrupted call left undone, the next one does.
/// </summary>
internal static class InitCommand
{
    private const int LongestName = 64;

    public static Command Build(CliConsole console)
    {
        var years = new Option<int>("--years")
        {
            Description = "How long the root is valid, 1 to 30.",
            DefaultValueFactory = _ => 10,
        };
        return new Command("init", "Make your organization's root key, once (its admin).").With(years, Passphrases.File)
            .Does(console, async (call, cancellationToken) =>
            {
                var profile = call.Home.ReadProfile();
                var organization = profile.Organization ?? throw new VantageException(ClientErrorCodes.HomeInvalid,
                    $"{profile.Name} belongs to no organization, so that there is no root to make.",
                    "Log in as an organization's admin (vantage user create … --role organization-admin).");
                var published = await call.Client.Organizations.GetAsync(organization, cancellationToken);
                using var key = call.Home.HasRootKey
                    ? call.Home.OpenRootKey(Passphrases.Ask(call))
                    : MakeRoot(call, published, call.Value(years));
                var root = call.Home.ReadRoot();
                if (published.Root is null)
                {
                    await call.Client.Organizations.PublishRootAsync(organization, root.Der.ToArray(),
                        cancellationToken);
                }
                else if (!published.Root.AsSpan().SequenceEqual(root.Der.Span))
                {
                    throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                        $"The Coordinator shows another root for {published.Name} than the one in "
                        + $"{call.Home.Directory}.",
                        "If a colleague made it, use their home; two roots for one organization help nobody.");
                }

                if (!call.Home.HasPins)
                {
                    PinStatements.Write(call, key, root, [PinnedRoot.Of(root)]);
                }

                if (!call.Home.HasCatalogue)
                {
                    await CatalogueCommand.SignAsync(call, key, root, null, cancellationToken);
                }

                FingerprintCommand.Show(call, [new("root", published.Name, Fingerprint.Of(root.KeyId), root.NotAfter)],
                    "Tell your partners this fingerprint, by telephone or in person: they pin your root by it.");
            });
    }

    private static SigningKey MakeRoot(Invocation call, Protocol.Api.Organization organization, int years)
    {
        if (years is < 1 or > 30)
        {
            throw UsageException.Because($"--years {years} is not between 1 and 30.");
        }

        if (call.Home.HasRoot)
        {
            throw new VantageException(ClientErrorCodes.KeyMissing,
                $"{call.Home.Directory} believes a root of the organization, but does not hold its key.",
                "The root was made in another home: use that one (--home).");
        }

        if (organization.Root is not null)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid,
                $"{organization.Name} has a root already, made elsewhere.",
                "Use the home in which it was made (--home), or install it here with 'vantage keys install'.");
        }

        var passphrase = Passphrases.AskNew(call);
        var key = SigningKey.Create();
        var now = call.Console.Time.GetUtcNow();
        // A minute of grace, since other machines' clocks lag.
        var root = Certificates.CreateRoot(organization.Id, NameOf(organization.Name), key, now.AddMinutes(-1),
            now.AddYears(years));
        call.Home.WriteRoot(root, key, passphrase);
        return key;
    }

    private static string NameOf(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
