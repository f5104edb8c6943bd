using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys.Devices;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys install</c>: takes what the organization's admin gives to its people: the root (it travels inside
/// the statements), <c>pins.jws</c>, <c>catalogue.jws</c>; and fetches the certificates of one's own keys.
/// </summary>
internal static class InstallCommand
{
    public static Command Build(CliConsole console)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "pins.jws and catalogue.jws from your admin.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var fingerprint = Comparison.Option();
        return new Command("install",
            "Take the pins and the catalogue from your admin, and fetch your own certificates.")
            .With(files, fingerprint).Does(console, async (call, cancellationToken) =>
            {
                var done = new List<string>();
                foreach (var file in call.Value(files) ?? [])
                {
                    done.Add(Install(call, file, await File.ReadAllTextAsync(file, cancellationToken), fingerprint));
                }

                if (call.Home.HasUserKeys && await FetchAsync(call, cancellationToken))
                {
                    done.Add("the certificates of your keys");
                }

                call.Output.Result(new Installed(done), CliJson.Default.Installed, null, text =>
                {
                    foreach (var what in done)
                    {
                        text.WriteLine($"installed {what}");
                    }
                });
                if (done.Count == 0)
                {
                    call.Output.Say("Nothing to install: name the files that your admin gave you.");
                }
            });
    }

    private static string Install(Invocation call, string file, string text, Option<string?> fingerprint)
    {
        var now = call.Console.Time.GetUtcNow();
        var jws = Parse(file, text.Trim());
        if (!call.Home.HasRoot)
        {
            Believe(call, jws, fingerprint);
        }

        switch (jws.Header.Type)
        {
            case PinStatement.JwsType:
                var pins = call.Home.InstallPins(jws.Compact, now);
                return $"pins, serial {pins.Statement.Serial}: {string.Join(", ", pins.Roots.Select(r => r.Name))}";
            case CatalogueStatement.JwsType:
                var catalogue = call.Home.InstallCatalogue(jws.Compact, now);
                return $"catalogue, serial {catalogue.Serial}: "
                    + $"{string.Join(", ", catalogue.Algorithms.Select(a => $"{a.Name} {a.Version}"))}";
            default:
                throw UsageException.Because($"{file} is a '{jws.Header.Type}'; expected pins.jws or catalogue.jws.");
        }
    }

    /// <summary>The statement carries its signer's root. Believing it is the person's decision, once.</summary>
    private static void Believe(Invocation call, Jws jws, Option<string?> fingerprint)
    {
        var root = Parse(jws.Header.Certificates[^1]);
        if (call.Home.ReadProfile().Organization is { } own && own != root.Identity.Organization)
        {
            throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"The statement is signed by {root.Name} ({root.Identity.Organization}), and you belong to {own}.",
                "Ask your own organization's admin for theirs.");
        }

        Comparison.Require(call, fingerprint, $"the root of {root.Name}", Fingerprint.Of(root.KeyId),
            typed => Fingerprint.Matches(typed, root.KeyId),
            "your organization's admin ('vantage keys fingerprint' shows it)");
        call.Home.InstallRoot(root);
    }

    private static async Task<bool> FetchAsync(Invocation call, CancellationToken cancellationToken)
    {
        var me = await call.Client.Users.GetAsync(call.Home.ReadProfile().User, cancellationToken);
        var devices = PublishedDevices.Of(me);
        if (await ThisDevice.TakeAsync(call, me, devices, cancellationToken))
        {
            return true;
        }

        call.Output.Say(devices.Count == 0
            ? "Your keys are not certified yet: your admin runs 'vantage keys certify --user', then run this again."
            : "The keys of this device are not certified yet, though others of yours are: your admin runs 'vantage keys certify --user', "
                + "then run this again.");
        return false;
    }

    private static Jws Parse(string file, string text)
    {
        try
        {
            return Jws.Parse(text);
        }
        catch (SignatureException e)
        {
            throw new VantageException(ClientErrorCodes.StatementUntrusted, $"{file}: {e.Message}",
                "Ask your admin for the file again.", e);
        }
    }

    private static Certificate Parse(byte[] der)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, e.Message, null, e);
        }
    }
}

internal sealed record Installed(IReadOnlyList<string> What);
