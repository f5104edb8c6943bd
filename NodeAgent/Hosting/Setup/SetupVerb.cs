using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Hosting.Setup;

/// <summary>
/// <c>setup</c>: makes keys, asks to be certified, writes the files that a person then edits. Each step leaves alone what is
/// there, so that it can be run again after any interruption.
/// </summary>
internal static class SetupVerb
{
    public static NodeVerb Verb { get; } = new("setup", "Make a node's directory and enrol it with its one-time code.",
    [
        new("--url", "URL", "The Coordinator's address, such as https://vantage.example.org.", Required: true),
        new("--code", "CODE", "The enrolment code from your organization's admin."),
        new("--code-file", "FILE", "A file that holds it: other accounts of this machine can read a command line."),
        new("--root", "FILE", "Your organization's root certificate (PEM), from its admin and not from the Coordinator."),
        new("--extra-ca", "FILE", "Further authorities for the Coordinator's TLS certificate (PEM)."),
        new("--proxy", "URL", "The proxy to go through, such as http://proxy.example.org:3128."),
        new("--proxy-user", "NAME", "The proxy's user, if it wants one."),
        new("--proxy-password-file", "FILE", "A file (mode 0600) that holds the proxy user's password."),
    ], RunAsync);

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        CoordinatorUrl.Parse(call.Required("--url"));
        ControlSocket.RequireShortPath(home);
        MakeFolders(home);
        if (call.Find("--root") is { } root)
        {
            InstallRoot(home, root);
        }

        SetupFiles.WriteSettings(home, call);
        SetupFiles.WritePolicy(home);
        var keys = NodeKeys.LoadOrCreate(home);
        Failpoint.Pass("setup.keys");
        var identity = await EnrolAsync(home, CodeOf(call), keys, cancellationToken);
        var done = new SetupDone(identity.Node, identity.Organization, identity.Name, home.Root,
            Fingerprint.Of(keys.Signing.KeyId, keys.Encryption.KeyId),
            Fingerprint.Of(keys.Signing.KeyId), Fingerprint.Of(keys.Encryption.KeyId),
            File.Exists(home.OwnRoot) ? Fingerprint.Of(OwnRoot.Load(home).KeyId) : null,
            File.Exists(home.SigningCertificate));
        call.Answer(done, VerbJson.Default.SetupDone, text => done.Write(text, home));
        return ExitCodes.Ok;
    }

    private static string CodeOf(VerbCall call)
    {
        if (call.Find("--code-file") is not { } file)
        {
            return call.Find("--code") ?? throw CommandFailure.Usage("--code-file FILE or --code CODE is missing: the code comes from 'vantage node invite'.");
        }

        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw CommandFailure.Usage($"There is no file {file}, which should hold the enrolment code.");
    }

    private static async Task<NodeIdentity> EnrolAsync(NodeHome home, string code, NodeKeys keys, CancellationToken cancellationToken)
    {
        if (NodeIdentity.Find(home) is { } known && (known.Code is null || known.Code != code))
        {
            throw new CommandFailure(ExitCodes.Conflict,
                $"{home.Root} is the directory of {known.Node} ({known.Name}) already. Choose another --dir for a new node.");
        }

        var settings = NodeSettings.Load(home);
        using var http = new LinkHttp(settings);
        EnrolledNode enrolled;
        try
        {
            enrolled = await Enrolment.SendAsync(new RestLine(http, TimeProvider.System), code, keys, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw SetupRefusal.Of(e, settings);
        }

        Failpoint.Pass("setup.enrolled");
        var identity = new NodeIdentity(enrolled.Node, enrolled.Organization, enrolled.Name, code);
        identity.Save(home);
        Failpoint.Pass("setup.saved");
        RequireOwnRoot(home, enrolled);
        if (enrolled is { SigningCertificate: { } signing, EncryptionCertificate: { } encryption } && File.Exists(home.OwnRoot))
        {
            OwnCertificates.Accept(home, identity, keys, signing, encryption, TimeProvider.System.GetUtcNow());
        }

        return identity;
    }

    /// <summary>The root that the Coordinator shows must be the one from the admin's hand: else one of the two is wrong.</summary>
    private static void RequireOwnRoot(NodeHome home, EnrolledNode enrolled)
    {
        if (!File.Exists(home.OwnRoot))
        {
            return;
        }

        var own = OwnRoot.Load(home);
        if (own.Identity.Organization != enrolled.Organization)
        {
            throw new CommandFailure(ExitCodes.Untrusted,
                $"{home.OwnRoot} is the root of {own.Identity.Organization} ({own.Name}), but the code belongs to {enrolled.Organization}. "
                + "Get the root of your own organization from its admin.");
        }

        if (enrolled.Root is { } published && !published.AsSpan().SequenceEqual(own.Der.Span))
        {
            throw new CommandFailure(ExitCodes.Untrusted,
                $"The Coordinator shows another root for your organization than {home.OwnRoot} (fingerprint {Fingerprint.Of(own.KeyId)}). "
                + "Ask your admin which is right before you go on.");
        }
    }

    private static void MakeFolders(NodeHome home)
    {
        foreach (var folder in new[] { home.Root, home.Keys, home.State })
        {
            Runs.Storage.Durable.CreateFolder(folder);
        }
    }

    private static void InstallRoot(NodeHome home, string path)
    {
        var root = OwnRoot.Read(path);
        if (File.Exists(home.OwnRoot) && OwnRoot.Load(home).Hash != root.Hash)
        {
            throw new CommandFailure(ExitCodes.Conflict,
                $"{home.OwnRoot} holds another root already. Remove it yourself if it is wrong: nothing else changes whom a node believes.");
        }

        Whole.Write(home.OwnRoot, root.ToPem());
    }
}
