using Vantage.NodeAgent.Images.Reviews;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;
using Vantage.Protocol.Images.Signing;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// Says whether an image may run here: whether it lies where a publisher of the policy publishes, is signed with their key,
/// is not revoked and not too old, has the approvals that the policy asks for, and says what it computes. For an image that
/// says nothing of itself, or that nobody of them signed, a signed sidecar says it. It starts nothing and touches no data.
/// Every fault is a refusal with its own code, a registry that does not answer included.
/// </summary>
internal sealed partial class ImageBook(
    IImageStore store, RevocationBoard revocations, KnownImages known, SidecarSerials serials, ReviewDesk? reviews, TimeProvider time, ILogger<ImageBook> logger)
{
    /// <summary>For all requests together: a registry that drips keeps nobody waiting longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>For which machine images are looked at.</summary>
    public ImagePlatform Platform { get; init; } = ImagePlatform.OfThisMachine;

    public async Task<ImageVerdict> ResolveAsync(AlgorithmRef algorithm, ImageTrust trust, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return new ImageVerdict.Verified(await VerifyAsync(algorithm, trust, both.Token));
        }
        catch (ImageException e)
        {
            LogRefused(algorithm.Text, e.Code, e.Message);
            return new ImageVerdict.Refused(e.Code, trust.Rule, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ImageVerdict.Refused(new ImageException(ImageFault.ImageRegistryUnavailable, "").Code, trust.Rule,
                $"{algorithm} could not be verified within {Patience.TotalMinutes} minutes. Ask again later.");
        }
    }

    private async Task<ImageFacts> VerifyAsync(AlgorithmRef algorithm, ImageTrust trust, CancellationToken cancellationToken)
    {
        if (!ImageRepository.TryParse(algorithm.Name, out var repository))
            throw new ImageException(ImageFault.ImageMalformed, $"{algorithm} names no repository: expected {ImageRepository.Expected}.");
        var digest = Digest.Parse(algorithm.Digest);
        var revoked = revocations.Current();
        RequireNotRevoked(revoked, digest);
        var facts = trust.IsByReviewersAlone
            ? await ReviewedAsync(repository, digest, trust, revoked, cancellationToken)
            : await SignedAsync(repository, digest, trust, revoked, cancellationToken);
        return trust.Reviewers.Count == 0
            ? facts
            : facts with { Reviews = await Reviews.RequireAsync(algorithm, trust, cancellationToken) };
    }

    private ReviewDesk Reviews => reviews ?? throw new ImageException(ImageFault.ImageReviewsUnavailable,
        "Nobody can be asked here what reviewers said of an image.");

    /// <summary>Nobody signed it for here: that it is what its reviewers approved follows from the digest.</summary>
    private async Task<ImageFacts> ReviewedAsync(
        ImageRepository repository, Digest digest, ImageTrust trust, Revocations? revoked, CancellationToken cancellationToken)
    {
        var description = known.Find(repository, digest)?.Description
            ?? await ImageDescription.ReadAsync(store.Open(repository, digest).Content, digest, Platform, cancellationToken);
        RequireNotRevoked(revoked, description.PlatformManifest);
        RequireNotRevoked(revoked, description.Config);
        return new(repository, digest, description.PlatformManifest, description.Config, description.Content.Describe(),
            trust.Reviewers[0].Name, null, "reviewed");
    }

    private async Task<ImageFacts> SignedAsync(
        ImageRepository repository, Digest digest, ImageTrust trust, Revocations? revoked, CancellationToken cancellationToken)
    {
        var publishers = Publishers(repository, trust, revoked);
        var image = known.Find(repository, digest);
        if (image is null || publishers.Find(p => image.Keys.ContainsKey(p.Key.Id)) is null)
            image = await LookAsync(repository, digest, publishers, image, cancellationToken);
        var publisher = publishers.First(p => image.Keys.ContainsKey(p.Key.Id));
        RequireNotRevoked(revoked, image.Description.PlatformManifest);
        RequireNotRevoked(revoked, image.Description.Config);
        RequireSidecar(revoked, image);
        RequireVersion(image.Algorithm, publisher);
        return new(repository, digest, image.Description.PlatformManifest, image.Description.Config, image.Algorithm,
            publisher.Name, publisher.Key.Id, image.Keys[publisher.Key.Id]) { Sidecar = image.Sidecar };
    }

    private async Task<KnownImage> LookAsync(ImageRepository repository, Digest digest, IReadOnlyList<Publisher> publishers,
        KnownImage? before, CancellationToken cancellationToken)
    {
        var (content, imported) = store.Open(repository, digest);
        var own = publishers.Select(p => p.Key).ToList();
        try
        {
            var signature = await ImageVerifier.VerifyAsync(content, digest, own, cancellationToken);
            var description = before?.Description ?? await ImageDescription.ReadAsync(content, digest, Platform, cancellationToken);
            var keys = new Dictionary<KeyId, string>(before?.Keys ?? new Dictionary<KeyId, string>())
            {
                [signature.By.Id] = imported ? "imported" : signature.How,
            };
            var image = known.Add(new(repository, description, description.Content.Describe(), keys));
            LogVerified($"{repository}@{digest}", signature.By.Name, keys[signature.By.Id]);
            return image;
        }
        catch (ImageException e) when (NeedsSidecar(e.Fault))
        {
            return await AdoptedAsync(content, digest, own, cancellationToken) ?? throw new ImageException(e.Fault,
                $"{e.Message} An image of somebody else's can be admitted by a signed sidecar, and there is none either.", e);
        }
    }

    /// <summary>Only what the image itself lacks. Whatever was altered or can't be seen stays refused.</summary>
    private static bool NeedsSidecar(ImageFault fault) =>
        fault is ImageFault.ImageUnsigned or ImageFault.ImageWrongKey or ImageFault.ImageUndescribed;

    private async Task<KnownImage?> AdoptedAsync(
        IImageContent content, Digest digest, IReadOnlyList<PublisherKey> keys, CancellationToken cancellationToken)
    {
        if (await SidecarReader.FindAsync(content, digest, keys, cancellationToken) is not { } sidecar)
            return null;
        serials.Pass(sidecar);
        var description = await ImageDescription.ReadAsync(content, digest, Platform, cancellationToken);
        if (SidecarNeeds.Objection(sidecar.Document, description.Content) is { } objection)
            throw objection;
        LogVerified($"{content.Repository}@{digest}", sidecar.By.Name, $"sidecar {sidecar.Digest}");
        return new(content.Repository, description, sidecar.Document.Algorithm,
            new Dictionary<KeyId, string> { [sidecar.By.Id] = "sidecar" }) { Sidecar = sidecar };
    }

    private static void RequireSidecar(Revocations? revoked, KnownImage image)
    {
        if (image.Sidecar is { } sidecar)
            RequireNotRevoked(revoked, sidecar.Digest);
    }

    private static List<Publisher> Publishers(ImageRepository repository, ImageTrust trust, Revocations? revoked)
    {
        var publishers = trust.Publishers.Where(p => p.SignsFor(repository)).ToList();
        if (publishers.Count == 0)
        {
            throw new ImageException(ImageFault.ImagePublisherUnknown, $"Rule '{trust.Rule}' of this node's policy names no publisher that"
                + $" may sign for {repository}. The node's admin lists publishers and their keys: docs/policy.md.");
        }

        var left = publishers.Where(p => revoked?.ReasonAgainst(p.Key.Id) is null).ToList();
        return left.Count > 0
            ? left
            : throw new ImageException(ImageFault.ImageRevoked, $"The key of publisher '{publishers[0].Name}' is revoked: "
                + $"{revoked!.ReasonAgainst(publishers[0].Key.Id)}. Nothing that it signed is run here.");
    }

    private static void RequireNotRevoked(Revocations? revoked, Digest digest)
    {
        if (revoked?.ReasonAgainst(digest) is { } reason)
            throw new ImageException(ImageFault.ImageRevoked, $"The image {digest} is revoked: {reason}. Ask for a newer version.");
    }

    private static void RequireVersion(AlgorithmManifest algorithm, Publisher publisher)
    {
        if (publisher.Minimum is not { } minimum)
            return;
        var version = AlgorithmVersion.Parse(algorithm.Version) ?? throw new ImageException(ImageFault.ImageUndescribed,
            $"The image calls its version '{algorithm.Version}', which is not {AlgorithmVersion.Expected}; the policy asks for {minimum} or later.");
        if (version.IsOlderThan(minimum))
        {
            throw new ImageException(ImageFault.ImageRolledBack, $"'{algorithm.Name}' {version} is older than {minimum}, the oldest version of"
                + $" publisher '{publisher.Name}' that this node runs. Ask for a newer one.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Image} is signed by {Publisher} ({How})")]
    private partial void LogVerified(string image, string publisher, string how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Image} is not run ({Code}): {Why}")]
    private partial void LogRefused(string image, string code, string why);
}
