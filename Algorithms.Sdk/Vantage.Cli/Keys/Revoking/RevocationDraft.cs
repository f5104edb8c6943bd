using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>
/// Signs the organization's next list: what the newest one says, here or at the Coordinator, and what comes to it. So nothing
/// is forgotten when a colleague signed the last one.
/// </summary>
internal static class RevocationDraft
{
    /// <summary>Makes the next list, keeps it here and publishes it.</summary>
    public static async Task<KeyRevocationStatement> WriteAsync(Invocation call,
        Func<KeyRevocationStatement, KeyRevocationStatement> change, bool publish, CancellationToken cancellationToken)
    {
        var root = call.Home.ReadRoot();
        var own = new PinnedRoots([PinnedRoot.Of(root)]);
        var now = call.Console.Time.GetUtcNow();
        await FetchAsync(call, own, now, cancellationToken);
        var before = call.Home.KeyRevocations.Find(root.Identity.Organization, own)?.Statement;
        var next = change(new KeyRevocationStatement
        {
            V = 1,
            Issuer = root.Identity.Organization,
            Serial = (before?.Serial ?? 0) + 1,
            IssuedAt = now,
            NotAfter = now + KeyRevocations.LongestLife,
            Keys = before?.Keys ?? [],
            Principals = before?.Principals ?? [],
        });
        var jws = Sign(call, next, root);
        call.Home.KeyRevocations.Take(jws, own, now);
        if (publish)
        {
            await call.Client.Revocations.PublishAsync(root.Identity.Organization, jws, cancellationToken);
        }

        return next;
    }

    public static async Task PublishAsync(Invocation call, CancellationToken cancellationToken)
    {
        var root = call.Home.ReadRoot();
        var list = call.Home.KeyRevocations.Find(root.Identity.Organization, new PinnedRoots([PinnedRoot.Of(root)]))
            ?? throw new VantageException(ClientErrorCodes.NothingThere, $"There is no list of revoked keys in {call.Home.Directory}.",
                "Sign one: vantage keys revocations renew");
        await call.Client.Revocations.PublishAsync(root.Identity.Organization, list.Jws, cancellationToken);
    }

    private static string Sign(Invocation call, KeyRevocationStatement statement, Certificate root)
    {
        if (call.Home.HasRevoker)
        {
            var (key, chain) = call.Home.OpenRevoker();
            using (key)
            {
                return KeyRevocations.Sign(statement, key, chain);
            }
        }

        if (!call.Home.HasRootKey)
        {
            throw new VantageException(ClientErrorCodes.KeyMissing,
                $"{call.Home.Directory} holds neither a signer of revocations nor the root's key.",
                "Make a signer: vantage keys signer create");
        }

        using var rootKey = call.Home.OpenRootKey(Passphrases.Ask(call));
        return KeyRevocations.Sign(statement, rootKey, CertificateChain.Of(root));
    }

    /// <summary>The newest there is, so that the next serial is really the next one.</summary>
    private static async Task FetchAsync(Invocation call, PinnedRoots own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var list in call.Client.Revocations.ListAsync(cancellationToken))
        {
            if (own.RootsOf(list.Organization).Count > 0)
            {
                Take(call, list.Statement, own, now);
            }
        }
    }

    private static void Take(Invocation call, string statement, PinnedRoots own, DateTimeOffset now)
    {
        try
        {
            call.Home.KeyRevocations.Take(statement, own, now);
        }
        catch (TrustException e) when (e.Code == "superseded")
        {
            // This home is ahead: an earlier publication did not arrive.
        }
        catch (TrustException e)
        {
            throw new VantageException(ErrorCodes.SignatureInvalid,
                $"The Coordinator shows a list of your own organization's revoked keys that is not believed: {e.Message}",
                "Ask your colleagues, and the Coordinator's admin, where it comes from.", e);
        }
    }
}
