using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Revocations;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>What an organization revoked is refused by its own code, and told to those whom the node still believes.</summary>
public sealed class RevokedKeyTests : IDisposable
{
    private readonly Alliance alliance = new();
    private readonly RevocationOffice office;
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-revoked-").FullName;
    private readonly RevocationFolder lists;

    public RevokedKeyTests() => (office, lists) = (new RevocationOffice(alliance.University), new RevocationFolder(folder));

    private Partner Asker => alliance.University;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Revoked_signer_asks_nothing_any_more_and_a_standing_recipient_learns_why()
    {
        Take(office.Of(Asker.UserSigning.KeyId));

        var refused = Refused();

        Assert.Equal(RunCodes.KeyRevoked, refused.Code);
        Assert.Equal(Asker.UserEncryption.KeyId, Assert.Single(refused.Tell).KeyId);
    }

    [Fact]
    public void Nothing_is_sealed_for_a_revoked_recipient_not_even_why()
    {
        Take(office.Of(Asker.UserEncryption.KeyId));

        var refused = Refused();

        Assert.Equal(RunCodes.KeyRevoked, refused.Code);
        Assert.Empty(refused.Tell);
    }

    [Fact]
    public void Revoked_person_is_refused_whole()
    {
        Take(office.List() with { Principals = [new RevokedPrincipal(Asker.User.ToString(), Partner.Now, "Left")] });

        var refused = Refused();

        Assert.Equal(RunCodes.KeyRevoked, refused.Code);
        Assert.Empty(refused.Tell);
    }

    [Fact]
    public void Expired_list_refuses_new_work_by_its_own_code_and_says_so_to_the_asker()
    {
        Take(office.List(issued: Partner.Now.AddHours(-25)));

        var refused = Refused();

        Assert.Equal(RunCodes.RevocationsOutdated, refused.Code);
        Assert.Single(refused.Tell);
    }

    [Fact]
    public void Standing_list_lets_everybody_through_who_is_not_on_it()
    {
        Take(office.Of(Asker.NodeSigning.KeyId));

        Assert.IsType<ManifestVerdict.Verified>(Verify());
    }

    private void Take(KeyRevocationStatement list) => lists.Take(office.Sign(list), Asker.Trust, Partner.Now);

    private ManifestVerdict.Refused Refused() => Assert.IsType<ManifestVerdict.Refused>(Verify());

    private ManifestVerdict Verify()
    {
        var hospital = alliance.Hospital;
        var self = new NodeSelf(hospital.Node, hospital.Id, "mary-1", hospital.NodeKey, hospital.NodeEncryptionKey, hospital.NodeChain, hospital.NodeEncryption);
        var roots = new PinnedRoots([PinnedRoot.Of(hospital.Root), PinnedRoot.Of(Asker.Root)]);
        return new ManifestVerifier(self, new CheckedTrust(roots, lists, forNewWork: true), Partner.Now, TimeSpan.FromMinutes(2),
            new CheckedTrust(roots, lists, forNewWork: false)).Verify(alliance.Ask(Partner.Now).Claim());
    }
}
