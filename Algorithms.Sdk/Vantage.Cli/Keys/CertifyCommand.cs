using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys certify</c>: the admin vouches for a person's or a node's keys after comparing their fingerprint. A
/// node's request comes by way of the Coordinator, which could have put its own in the place.
/// </summary>
internal static class CertifyCommand
{
    private static readonly Option<string?> UserOption = new("--user")
    {
        Description = "Whose keys: id or name; needs --request.",
    };
    private static readonly Option<string?> NodeOption = new("--node")
    {
        Description = "Which node's keys: id or name.",
    };
    private static readonly Option<string?> RequestOption = new("--request")
    {
        Description = "The request file; for a node, what it sent to the Coordinator by default.", HelpName = "FILE",
    };
    private static readonly Option<string?> DeviceOption = new("--device")
    {
        Description = "What the person's device is called; as its request says by default.", HelpName = "NAME",
    };
    private static readonly Option<int> Days = new("--days")
    {
        Description = "How long the certificates are valid, 1 to 1830.", DefaultValueFactory = _ => 730,
    };

    public static Command Build(CliConsole console)
    {
        var fingerprint = Comparison.Option();
        return new Command("certify", "Vouch for a person's or a node's keys (the organization's admin).")
            .With(UserOption, NodeOption, RequestOption, DeviceOption, fingerprint, Days, Passphrases.File)
            .Does(console, async (call, cancellationToken) =>
            {
                var root = call.Home.ReadRoot();
                var subject = await SubjectAsync(call, root.Identity.Organization, cancellationToken);
                Comparison.Require(call, fingerprint, $"{subject.Kind} {subject.Name}",
                    Fingerprint.Of(subject.Signing.KeyId, subject.Encryption.KeyId),
                    typed => Fingerprint.Matches(typed, subject.Signing.KeyId, subject.Encryption.KeyId),
                    subject.Kind == "node" ? "who set up the node ('vantage node setup' showed it)"
                        : "that person ('vantage keys fingerprint' shows it)");
                var made = Certify(call, subject, root);
                if (subject.Principal is Principal.Node node)
                {
                    await call.Client.Nodes.PublishCertificatesAsync(node.Id, made, cancellationToken);
                }
                else if (subject.Principal is Principal.User user)
                {
                    await call.Client.Users.PublishCertificatesAsync(user.Id, made with { Device = subject.Device }, cancellationToken);
                }

                var until = call.Console.Time.GetUtcNow().AddDays(call.Value(Days));
                call.Output.Result(new Certified(subject.Principal.ToString()!, until), CliJson.Default.Certified,
                    subject.Principal.ToString(), text => text.WriteLine(
                        $"{subject.Kind} {Listing.OneLine(subject.Name)} ({subject.Principal}) is certified until "
                        + $"{Details.Time(until)}."));
            });
    }

    private static PublishCertificates Certify(Invocation call, Subject subject, Certificate root)
    {
        if (call.Value(Days) is < 1 or > 1830)
        {
            throw UsageException.Because($"--days {call.Value(Days)} is not between 1 and 1830.");
        }

        using var key = call.Home.OpenRootKey(Passphrases.Ask(call));
        var from = call.Console.Time.GetUtcNow().AddMinutes(-1);
        var until = from.AddDays(call.Value(Days)) is var wanted && wanted < root.NotAfter ? wanted : root.NotAfter;
        from = from < root.NotBefore ? root.NotBefore : from;
        try
        {
            return new PublishCertificates(Issue(subject.Signing).Der.ToArray(),
                Issue(subject.Encryption).Der.ToArray());
        }
        catch (ArgumentException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"The request does not fit: {e.Message}",
                "See that it is the right file for this person or node.", e);
        }

        Certificate Issue(KeyRequest request) => Certificates.Certify(request,
            new Identity(root.Identity.Organization, subject.Principal, request.Purpose), subject.Name, root, key, from,
            until);
    }

    private static async Task<Subject> SubjectAsync(Invocation call, OrganizationId organization,
        CancellationToken cancellationToken)
    {
        if (call.Value(UserOption) is { } user && call.Value(NodeOption) is null)
        {
            var request = call.Value(RequestOption)
                ?? throw UsageException.Because("A person's keys are certified from their request file.",
                "Ask for it (vantage keys request --out FILE), and add --request FILE.");
            var account = await call.Client.Users.GetAsync(await Lookup.UserAsync(call.Client, user, cancellationToken),
                cancellationToken);
            RequireOwn(organization, account.Organization, account.Name);
            var text = await File.ReadAllTextAsync(request, cancellationToken);
            var (signing, encryption) = RequestFile.Parse(text, request);
            return new("person", account.Name, new Principal.User(account.Id), signing, encryption,
                call.Value(DeviceOption) ?? RequestFile.DeviceOf(text));
        }

        if (call.Value(NodeOption) is { } which && call.Value(UserOption) is null)
        {
            var node = await call.Client.Nodes.GetAsync(await Lookup.NodeAsync(call.Client, which, cancellationToken),
                cancellationToken);
            RequireOwn(organization, node.Organization, node.Name);
            var (signing, encryption) = call.Value(RequestOption) is { } file
                ? RequestFile.Parse(await File.ReadAllTextAsync(file, cancellationToken), file)
                : OfNode(node);
            return new("node", node.Name, new Principal.Node(node.Id), signing, encryption);
        }

        throw UsageException.Because("Say whose keys to certify.", "Give either --user or --node.");
    }

    private static (KeyRequest Signing, KeyRequest Encryption) OfNode(Node node)
    {
        if (node.SigningRequest is null || node.EncryptionRequest is null)
        {
            throw new VantageException(ErrorCodes.Conflict, $"The node {node.Name} has not asked to be certified yet.",
                "On its machine: vantage node setup, with the enrolment code.");
        }

        try
        {
            return (KeyRequest.Parse(node.SigningRequest), KeyRequest.Parse(node.EncryptionRequest));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid,
                $"The requests of node {node.Name} are not well formed: {e.Message}",
                "Set the node up again with a new invitation.", e);
        }
    }

    private static void RequireOwn(OrganizationId own, OrganizationId? theirs, string name)
    {
        if (own != theirs)
        {
            throw new VantageException(ErrorCodes.Forbidden,
                $"{name} is not of your organization, so that your root can't vouch for it.");
        }
    }

    private sealed record Subject(string Kind, string Name, Principal Principal, KeyRequest Signing,
        KeyRequest Encryption, string? Device = null);
}

internal sealed record Certified(string Principal, DateTimeOffset ValidUntil);
