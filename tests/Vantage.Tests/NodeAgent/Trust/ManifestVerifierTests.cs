using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>What the Coordinator hands over counts only if a pinned person asked exactly this of exactly this node, now.</summary>
public sealed class ManifestVerifierTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public void WholeManifest_IsVerifiedForItsRecipients()
    {
        var question = alliance.Ask(Partner.Now);

        var verdict = Assert.IsType<ManifestVerdict.Verified>(Verify(question.Claim()));

        Assert.Equal((alliance.University.Id, alliance.University.User), (verdict.Requester.Organization, verdict.Requester.User));
        Assert.Equal(alliance.University.UserEncryptionKey.KeyId, Assert.Single(verdict.Recipients).KeyId);
        Assert.Equal(question.Run, verdict.Target.Run);
    }

    [Fact]
    public void Alternate_GetsItsOwnInput()
    {
        var own = default(PayloadRef);
        var question = alliance.Ask(Partner.Now, manifest =>
        {
            var target = manifest.Targets[0];
            own = target.Input;
            return manifest with
            {
                LostNode = LostNodePolicy.Retry,
                Targets =
                [
                    target with
                    {
                        Node = NodeId.New(TimeProvider.System),
                        EncryptionKey = alliance.University.NodeEncryptionKey.KeyId,
                        Input = new PayloadRef(Vantage.Protocol.Cryptography.Digest.OfText("for the other"), 1),
                        Alternates = [new ManifestAlternate(target.Node, target.EncryptionKey, target.Input)],
                    },
                ],
            };
        });

        var verdict = Assert.IsType<ManifestVerdict.Verified>(Verify(question.Claim()));

        Assert.Equal(own, verdict.Target.Input);
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "another run", RunCodes.NotATarget },
        { "another task", RunCodes.NotATarget },
        { "another node", RunCodes.NotATarget },
        { "another organization", RunCodes.NotATarget },
        { "another key", RunCodes.NotATarget },
        { "too early", RunCodes.NotYet },
        { "too late", RunCodes.ManifestExpired },
        { "malformed", RunCodes.ManifestInvalid },
        { "altered", RunCodes.ManifestUntrusted },
        { "no manifest", RunCodes.ManifestUntrusted },
        { "unknown signer", RunCodes.ManifestUntrusted },
        { "signed by a node", RunCodes.ManifestUntrusted },
        { "signed by a root", RunCodes.ManifestUntrusted },
        { "parent by the side", RunCodes.ManifestUntrusted },
        { "unpinned recipient", RunCodes.RecipientUntrusted },
        { "recipient with another key", RunCodes.RecipientUntrusted },
        { "recipient of another organization", RunCodes.RecipientUntrusted },
        { "recipient under another name", RunCodes.RecipientUntrusted },
        { "recipient with a signing key", RunCodes.RecipientUntrusted },
        { "recipient whose certificate ran out", RunCodes.RecipientUntrusted },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Misfit_IsRefusedByItsCode(string what, string code)
    {
        var verdict = Assert.IsType<ManifestVerdict.Refused>(Verify(Make(what)));

        Assert.Equal(code, verdict.Code);
        Assert.NotEmpty(verdict.Message);
    }

    [Theory]
    [InlineData(-119, true)]
    [InlineData(-121, false)]
    public void ClockALittleBehind_IsForgiven(int seconds, bool verified)
    {
        var question = alliance.Ask(Partner.Now, m => m with { NotBefore = Partner.Now });

        var verdict = Verifier(alliance, Partner.Now.AddSeconds(seconds)).Verify(question.Claim());

        Assert.Equal(verified, verdict is ManifestVerdict.Verified);
    }

    internal static ManifestVerifier Verifier(Alliance alliance, DateTimeOffset? now = null)
    {
        var hospital = alliance.Hospital;
        var self = new NodeSelf(hospital.Node, hospital.Id, "mary-1", hospital.NodeKey, hospital.NodeEncryptionKey, hospital.NodeChain, hospital.NodeEncryption);
        var trust = new PinnedRoots([PinnedRoot.Of(hospital.Root), PinnedRoot.Of(alliance.University.Root)]);
        return new ManifestVerifier(self, trust, now ?? Partner.Now, TimeSpan.FromMinutes(2));
    }

    private ManifestVerdict Verify(ClaimedRun claim) => Verifier(alliance).Verify(claim);

    private ClaimedRun Make(string what)
    {
        var (hospital, university, stranger) = (alliance.Hospital, alliance.University, new Partner("Stranger"));
        var whole = alliance.Ask(Partner.Now);
        return what switch
        {
            "another run" => whole.Claim() with { Run = RunId.New(TimeProvider.System) },
            "another task" => whole.Claim() with { Task = TaskId.New(TimeProvider.System) },
            "another node" => Target(t => t with { Node = NodeId.New(TimeProvider.System) }),
            "another organization" => Target(t => t with { Organization = university.Id }),
            "another key" => Target(t => t with { EncryptionKey = university.NodeEncryptionKey.KeyId }),
            "too early" => Ask(m => m with { NotBefore = Partner.Now.AddMinutes(3) }),
            "too late" => Ask(m => m with { NotBefore = Partner.Now.AddHours(-2), NotAfter = Partner.Now }),
            "malformed" => Ask(m => m with { Function = "not a name" }),
            "altered" => whole.Claim() with { Manifest = whole.Jws[..^8] + "AAAAAAAA" },
            "no manifest" => whole.Claim() with { Manifest = "hello" },
            "unknown signer" => whole.Claim() with { Manifest = Alliance.Sign(whole.Manifest, stranger.UserKey, stranger.UserChain) },
            "signed by a node" => whole.Claim() with { Manifest = Alliance.Sign(whole.Manifest, university.NodeKey, university.NodeChain) },
            "signed by a root" => whole.Claim() with { Manifest = Alliance.Sign(whole.Manifest, university.RootKey, CertificateChain.Of(university.Root)) },
            "parent by the side" => whole.Claim(parent: alliance.Ask(Partner.Now).Jws),
            "unpinned recipient" => Recipient(_ => Alliance.Recipient(stranger)),
            "recipient with another key" => Recipient(r => r with { Key = hospital.NodeEncryptionKey.KeyId }),
            "recipient of another organization" => Recipient(r => r with { Organization = hospital.Id }),
            "recipient under another name" => Recipient(r => r with { Principal = hospital.User.ToString() }),
            "recipient with a signing key" => Recipient(r => r with { Key = university.UserKey.KeyId, Certificate = university.UserSigning.Der.ToArray() }),
            "recipient whose certificate ran out" => Recipient(r => r with
            {
                Certificate = university.Certify(university.UserEncryptionKey,
                    Identity.Of(university.Id, university.User, CertificatePurpose.Encryption), Partner.Now.AddDays(-1)).Der.ToArray(),
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private ClaimedRun Ask(Func<TaskManifest, TaskManifest> change) => alliance.Ask(Partner.Now, change).Claim();

    private ClaimedRun Target(Func<ManifestTarget, ManifestTarget> change) => Ask(m => m with { Targets = [change(m.Targets[0])] });

    /// <summary>Beside one without a doubt: the doubtful one alone has to be enough.</summary>
    private ClaimedRun Recipient(Func<ManifestRecipient, ManifestRecipient> change) =>
        Ask(m => m with { Recipients = [Alliance.Recipient(alliance.Hospital), change(m.Recipients[0])] });
}
