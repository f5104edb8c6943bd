using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Trust;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Advisories;

/// <summary>
/// A node of vantage6 left out its allow-list when a task named a parent. Here a parent adds conditions and lifts none: whatever
/// stands there, a question of a person that has one is refused, and a node's passes only within what a person signed.
/// </summary>
public sealed class Cve_2023_47631_AParentOpensNoWayPastTheGateTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public void NoParentWhatever_MakesAPersonsOwnQuestionPass() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<bool>(), (id, text, alsoSigned) =>
        {
            var parent = new ManifestParent(TaskId.From(id), Digest.OfText(text.Get));
            var question = alliance.Ask(Partner.Now, manifest => alsoSigned ? manifest with { Parent = parent } : manifest);
            return Verify(question.Claim() with { ParentManifest = text.Get }) is ManifestVerdict.Refused;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnotherQuestionOfThePerson_IsNoParentEither()
    {
        var other = alliance.Ask(Partner.Now).Claim().Manifest;
        var question = alliance.Ask(Partner.Now, manifest =>
            manifest with { Parent = new ManifestParent(TaskId.New(TimeProvider.System), Digest.OfText(other)) });

        Assert.IsType<ManifestVerdict.Refused>(Verify(question.Claim() with { ParentManifest = other }));
    }

    [Fact]
    public void WhoAsksThroughADelegate_IsStillThePersonWhoSigned_SoThatThePolicyJudgesThem()
    {
        var world = new Delegated(alliance);

        var verdict = Assert.IsType<ManifestVerdict.Verified>(Verify(world.Claim(world.Subtask)));

        Assert.Equal((alliance.University.Id, alliance.University.User), (verdict.Requester.Organization, verdict.Requester.User));
        Assert.NotNull(verdict.Requester.Delegate);
    }

    private ManifestVerdict Verify(Vantage.Protocol.Hub.ClaimedRun claim) => ManifestVerifierTests.Verifier(alliance).Verify(claim);
}
