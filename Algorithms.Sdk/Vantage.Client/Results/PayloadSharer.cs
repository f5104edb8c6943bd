using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Results;

/// <summary>
/// Lets somebody else read what a run left, by a signed grant: the key of the envelope, wrapped for them. Only the head of the
/// envelope is fetched; what it belongs to is proven first.
/// </summary>
internal sealed class PayloadSharer(VantageClient client, ClientHome home)
{
    /// <returns>How many grants were given; 0 where everything was shared before.</returns>
    public async Task<int> ShareAsync(ShownRun shown, UserId grantee, IReadOnlyList<Certificate> recipients,
        CancellationToken cancellationToken)
    {
        var proof = await client.ProveAsync(shown, cancellationToken);
        using var reader = new PayloadOpener(client.Grants, home).OwnKey(proof) ?? throw new VantageException(
            ClientErrorCodes.PayloadUnreadable, $"{shown.Task.Id} is not sealed to a key in {home.Directory}, so that it can't be shared from here.",
            "Use the home that asked the question.");
        var given = new HashSet<(PayloadKind, KeyId)>();
        await foreach (var grant in client.Grants.ListAsync(shown.Run.Id, cancellationToken))
        {
            given.Add((grant.Kind, grant.Recipient));
        }

        // Whom it was sealed for to begin with needs no grant: one's own device, where it is shared with the others.
        recipients = [.. recipients.Where(recipient => proof.Manifest.Recipients.All(reader => reader.Key != recipient.KeyId))];

        var count = 0;
        foreach (var payload in shown.Run.Payloads.Where(p => p.Kind != PayloadKind.Input && p.Available))
        {
            var missing = recipients.Where(r => !given.Contains((payload.Kind, r.KeyId))).ToList();
            if (missing.Count > 0 && proof.Receipt.Find(payload.Kind) is { } proven)
            {
                var head = await HeadAsync(shown.Run.Id, payload.Kind, cancellationToken);
                foreach (var recipient in missing)
                {
                    await GiveAsync(Create(head, proven.Digest, proof.Receipt.ContextOf(payload.Kind), reader, recipient),
                        grantee, cancellationToken);
                    count++;
                }
            }
        }

        return count;
    }

    private GrantStatement Create(byte[] head, Digest payload, EnvelopeContext context, EncryptionKey reader, Certificate recipient)
    {
        try
        {
            return Grant.Create(head, payload, context, reader, recipient.EncryptionKey, client.Rest.Time.GetUtcNow());
        }
        catch (EnvelopeException e)
        {
            throw Failures.Of(e);
        }
    }

    private async Task GiveAsync(GrantStatement grant, UserId grantee, CancellationToken cancellationToken)
    {
        using var keys = UserKeys.Open(home);
        await client.Grants.GiveAsync(GrantId.New(client.Rest.Time), new GiveGrant(grantee,
            Grant.Sign(grant, keys.Signing, keys.Chain)), cancellationToken);
    }

    private async Task<byte[]> HeadAsync(RunId run, PayloadKind kind, CancellationToken cancellationToken)
    {
        using var response = await client.Rest.RespondAsync(() => new HttpRequestMessage(HttpMethod.Get,
            RestChannel.Relative($"{Routes.Runs}/{run}/payloads/{kind.ToExactName()}")), cancellationToken);
        await using var body = await client.Rest.BodyAsync(response, cancellationToken);
        return await EnvelopeReader.ReadHeaderAsync(body, cancellationToken);
    }
}
