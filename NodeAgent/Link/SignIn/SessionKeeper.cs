using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;

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
            holder.Set(OwnCertificates.Accept(home, new NodeIdentity(self.Node, self.Organization, self.Name, null),
                new NodeKeys(self.SigningKey, self.EncryptionKey), fresh.SigningCertificate, fresh.EncryptionCertificate,
                time.GetUtcNow()));
            LogRenewed(holder.Self.Chain.Signer.NotAfter);
        }
        catch (Exception e) when (e is CommandFailure or IOException or UnauthorizedAccessException)
        {
            LogNotTaken(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This node has a new certificate, valid until {Until}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Coordinator sent another certificate for this node, which was not taken: {Why}")]
    private partial void LogNotTaken(string why);
}
