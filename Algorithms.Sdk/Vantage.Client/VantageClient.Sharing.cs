using Vantage.Client.Errors;
using Vantage.Client.Results;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Client;

/// <summary>Sharing what a task left with people who were not among its recipients.</summary>
public sealed partial class VantageClient
{
    /// <summary>
    /// The certificates of a person's encryption keys, each believed by the pinned roots: what is shared with them is wrapped for
    /// all of them.
    /// </summary>
    /// <exception cref="VantageException">They have none, or one is not what it should be.</exception>
    public async Task<IReadOnlyList<Certificate>> EncryptionKeysOfAsync(UserId person, CancellationToken cancellationToken = default)
    {
        var account = await Users.GetAsync(person, cancellationToken);
        var trust = await TrustAsync(forNewWork: true, cancellationToken);
        var published = account.Devices?.Select(device => device.EncryptionCertificate).ToList()
            ?? (account.EncryptionCertificate is { } only ? [only] : []);
        return published.Count > 0
            ? Counting(person, published, trust)
            : throw new VantageException(ClientErrorCodes.KeyMissing, $"{account.Name} has no certified keys yet.",
                "Their organization's admin certifies them: vantage keys certify --user.");
    }

    /// <summary>Lets a person read everything that is left of a run: result, error and log. Returns how many grants were new.</summary>
    /// <param name="task">As the Coordinator shows it.</param>
    /// <param name="run">One of its runs, which has ended.</param>
    /// <param name="person">Whom.</param>
    /// <param name="recipients">Their keys, from <see cref="EncryptionKeysOfAsync"/> or by way of a file.</param>
    /// <param name="cancellationToken">Stops; grants that were given stay.</param>
    public async Task<int> ShareAsync(TaskView task, RunId run, UserId person, IReadOnlyList<Certificate> recipients,
        CancellationToken cancellationToken = default)
    {
        var trust = await TrustAsync(forNewWork: true, cancellationToken);
        foreach (var recipient in recipients)
        {
            RequireKeyOf(person, recipient.Der.ToArray(), trust);
        }

        return await new PayloadSharer(this, Keys).ShareAsync(ShownRun.Of(task, run), person, recipients, cancellationToken);
    }

    /// <summary>A device that was revoked or has expired is passed over, as long as there is another.</summary>
    private List<Certificate> Counting(UserId person, List<byte[]> published, ITrust trust)
    {
        var (counting, doubt) = (new List<Certificate>(), (VantageException?)null);
        foreach (var certificate in published)
        {
            try
            {
                counting.Add(RequireKeyOf(person, certificate, trust));
            }
            catch (VantageException e) when (e.InnerException is CertificateException)
            {
                doubt = e;
            }
        }

        return counting.Count > 0 ? counting : throw doubt!;
    }

    private Certificate RequireKeyOf(UserId person, byte[] certificate, ITrust trust)
    {
        var identity = Failures.Translate(() => Certificates.Verify(certificate, trust, Rest.Time.GetUtcNow())
            .For(CertificatePurpose.Encryption));
        return identity.Principal == new Principal.User(person)
            ? identity.Certificate
            : throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"What is given as a key of {person} belongs to {identity.Identity}.",
                "Nothing was shared. Tell your Coordinator's admin: somebody may be swapping keys.");
    }
}
