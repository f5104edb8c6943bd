using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys pin</c>: adds a partner's root to what the organization believes, after comparing its fingerprint,
/// and writes the next signed statement. Nodes and people get the new <c>pins.jws</c> from their admin.
/// </summary>
internal static class PinCommand
{
    public static Command Build(CliConsole console)
    {
        var which = new Argument<string?>("organization")
        {
            Description = "Id or name; without one, what is pinned is listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--root")
        {
            Description = "The partner's root certificate; the published one by default.",
            HelpName = "FILE",
        };
        var remove = new Option<bool>("--remove") { Description = "Believe this partner no longer." };
        var fingerprint = Comparison.Option();
        var several = new Option<string[]>("--partner")
        {
            Description = "Several at once, each with the fingerprint that its admin told you.",
            HelpName = "ORGANIZATION=HEX",
        };
        return new Command("pin", "Believe a partner's root from now on (the organization's admin).")
            .With(which, file, fingerprint, several, remove, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var pins = call.Home.ReadPins(call.Console.Time.GetUtcNow());
                if (call.Value(several) is { Length: > 0 } partners)
                {
                    if (call.Value(which) is not null)
                    {
                        throw UsageException.Because("Name one organization, or several with --partner; not both.");
                    }

                    Write(call, await SeveralPins.AddAsync(call, partners, [.. pins.Roots], cancellationToken));
                    return;
                }

                if (call.Value(which) is not { } partner)
                {
                    Show(call, pins.Statement.Serial, pins.Roots);
                    return;
                }

                var id = await Lookup.OrganizationAsync(call.Client, partner, cancellationToken);
                var roots = pins.Roots.ToList();
                if (call.Value(remove))
                {
                    if (roots.RemoveAll(r => r.Organization == id) == 0)
                    {
                        throw new VantageException(ErrorCodes.NotFound, $"{partner} is not pinned.",
                            "See: vantage keys pin");
                    }
                }
                else
                {
                    var organization = await call.Client.Organizations.GetAsync(id, cancellationToken);
                    var root = Read(call.Value(file), organization);
                    Comparison.Require(call, fingerprint, $"the root of {organization.Name}",
                        Fingerprint.Of(root.KeyId),
                        typed => Fingerprint.Matches(typed, root.KeyId),
                        "its admin ('vantage keys fingerprint' shows it)");
                    if (roots.TrueForAll(r => r.Certificate.Hash != root.Hash))
                    {
                        roots.Add(Pin(organization, root));
                    }
                }

                Write(call, roots);
            });
    }

    private static void Write(Invocation call, IReadOnlyList<PinnedRoot> roots)
    {
        using var key = call.Home.OpenRootKey(Passphrases.Ask(call));
        var written = PinStatements.Write(call, key, call.Home.ReadRoot(), roots);
        Show(call, written.Statement.Serial, written.Roots);
        call.Output.Say(
            $"Copy the new {call.Home.PinsPath} into the folder of each of your nodes, and give it to your people "
            + "(vantage keys install).");
    }

    internal static PinnedRoot Pin(Protocol.Api.Organization organization, Certificate root)
    {
        try
        {
            return PinnedRoot.Of(organization.Id, organization.Name, root);
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, e.Message,
                "Ask the partner's admin for their root.", e);
        }
    }

    internal static Certificate Read(string? file, Protocol.Api.Organization organization)
    {
        try
        {
            return file is not null ? Certificate.FromPem(File.ReadAllText(file))
                : organization.Root is { } published ? Certificate.Parse(published)
                : throw new VantageException(ErrorCodes.RootMissing,
                $"{organization.Name} has not published a root yet.",
                    "Its admin does with 'vantage keys init'.");
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"The root of {organization.Name}: {e.Message}",
                null, e);
        }
    }

    private static void Show(Invocation call, long serial, IReadOnlyList<PinnedRoot> roots)
    {
        var shown = roots.Select(r => new PinnedPartner(r.Organization, r.Name, Fingerprint.Of(r.Certificate.KeyId),
            r.Certificate.NotAfter)).ToList();
        call.Output.Result(new PinnedPartners(serial, shown), CliJson.Default.PinnedPartners, serial.ToString(), text =>
        {
            text.WriteLine($"pins.jws, serial {serial}");
            foreach (var pin in shown)
            {
                text.WriteLine(
                    $"  {Listing.OneLine(pin.Name)} ({pin.Organization}), valid until {Details.Time(pin.ValidUntil)}");
                text.WriteLine($"    {pin.Fingerprint}");
            }
        });
    }
}

internal sealed record PinnedPartner(Protocol.Ids.OrganizationId Organization, string Name, string Fingerprint,
    DateTimeOffset ValidUntil);

internal sealed record PinnedPartners(long Serial, IReadOnlyList<PinnedPartner> Pinned);
