using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Link.SignIn;

/// <summary>
/// Holds the node's session and renews it before it ends: at four fifths of its life, or when it was refused. Several may
/// ask at once; one of them signs in.
/// </summary>
internal sealed partial class SessionKeeper(
    LinkHttp http, RestLine rest, SelfHolder holder, NodeHome home, TimeProvider time, ILogger<SessionKeeper> logger) : IDisposable
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1, 1);
    private NodeSession? session;
    private DateTimeOffset renewAt;

    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (session is null || now >= renewAt)
            {
                session = await NodeSignInCall.SendAsync(rest, holder.Self, http.Coordinator, time, cancellationToken);
                // The end is by their clock. If ours is off, the worst is a refusal, after which the next caller signs in.
                var life = session.ExpiresAt - now;
                renewAt = now + (life > ShortestLife ? life : ShortestLife) * 0.8;
                TakeCertificates(session);
            }

            return session.Token;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Signs in anew, for what comes that way.</summary>
    public Task RenewAsync(CancellationToken cancellationToken)
    {
        session = null;
        return TokenAsync(cancellationToken);
    }

    /// <summary>The token was refused: the next caller signs in anew.</summary>
    public void Forget(string token)
    {
        if (session?.Token == token)
        {
            session = null;
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>A renewed certificate comes this way. One that does not fit is left alone: the old one still works.</summary>
    private void TakeCertificates(NodeSession fresh)
    {
        var self = holder.Self;
        if (fresh.SigningCertificate.AsSpan().SequenceEqual(self.Chain.Signer.Der.Span))
        {
            return;
        }

        try
        {
            var identity = new NodeIdentity(self.Node, self.Organization, self.Name, null);
            if (KeySwitch.FindNext(home) is { } next && Certificate.Parse(fresh.SigningCertificate).KeyId == next.Signing.KeyId)
            {
                holder.Set(OwnCertificates.Switch(
                    home, identity, next, fresh.SigningCertificate, fresh.EncryptionCertificate, time.GetUtcNow()));
                // Whoever asks next signs in with the new key: then the Coordinator lets the old one in no more.
                renewAt = DateTimeOffset.MinValue;
                LogSwitched(Fingerprint.Of(next.Signing.KeyId, next.Encryption.KeyId));
                return;
            }

            holder.Set(OwnCertificates.Accept(home, identity, new NodeKeys(self.SigningKey, self.EncryptionKey),
                fresh.SigningCertificate, fresh.EncryptionCertificate, time.GetUtcNow()));
            LogRenewed(holder.Self.Chain.Signer.NotAfter);
        }
        catch (Exception e) when (e is CommandFailure or KeyFileException or TrustException or IOException or UnauthorizedAccessException)
        {
            LogNotTaken(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This node uses its new keys from now on, {Fingerprint}; what was sealed to the old ones still opens")]
    private partial void LogSwitched(string fingerprint);

    [LoggerMessage(Level = LogLevel.Information, Message = "This node has a new certificate, valid until {Until}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Coordinator sent another certificate for this node, which was not taken: {Why}")]
    private partial void LogNotTaken(string why);
}
