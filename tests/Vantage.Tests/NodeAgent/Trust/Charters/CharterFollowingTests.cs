using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runs;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Charters;

namespace Vantage.Tests.NodeAgent.Trust.Charters;

/// <summary>A node that pins nobody but its own organization, and a charter that came by way of the Coordinator.</summary>
public sealed class CharterFollowingTests
{
    private readonly Alliance alliance = new();
    private readonly Partner newcomer = new("Newcomer Clinic");

    [Fact]
    public async Task MembersOfACharter_AreBelievedWithoutAnyFileAndNewcomersToo()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url);
        File.Delete(node.Home.Pins);
        await node.StartAsync();
        Assert.Equal(RunCodes.ManifestUntrusted, await AskAsync(coordinator, node, alliance.Ask(Partner.Now)));

        var first = await OfferAsync(coordinator, node, First());
        Assert.Null(await AskAsync(coordinator, node, alliance.Ask(Partner.Now)));
        Assert.Equal(RunCodes.ManifestUntrusted, await AskAsync(coordinator, node, OfNewcomer()));

        await OfferAsync(coordinator, node, first, Next(first));
        Assert.Null(await AskAsync(coordinator, node, OfNewcomer()));
    }

    [Fact]
    public async Task Charter_LimitsPurposeAndProjectAndEveryParty()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var text = CharterText.Write(Charter(alliance.Hospital, alliance.University) with { Purposes = ["sepsis"], ProjectCodes = ["P-1"] });
        await OfferAsync(coordinator, node, Club.Sign(text, Partner.Now, alliance.Hospital, alliance.University));

        Assert.Equal(RunCodes.OutsideCharter, await AskAsync(coordinator, node, alliance.Ask(Partner.Now)));
        Assert.Equal(RunCodes.OutsideCharter, await AskAsync(coordinator, node,
            alliance.Ask(Partner.Now, m => m with { Purpose = "sepsis", ProjectCode = "P-2" })));
        Assert.Null(await AskAsync(coordinator, node, alliance.Ask(Partner.Now, m => m with { Purpose = "sepsis", ProjectCode = "P-1" })));
    }

    [Fact]
    public async Task Charter_AfterItsEnd_GivesNobodyTrust()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url);
        File.Delete(node.Home.Pins);
        await node.StartAsync();
        var text = CharterText.Write(Charter(alliance.Hospital, alliance.University) with { End = Partner.Now.AddMinutes(10) });
        await OfferAsync(coordinator, node, Club.Sign(text, Partner.Now, alliance.Hospital, alliance.University));
        Assert.Null(await AskAsync(coordinator, node, alliance.Ask(Partner.Now)));

        node.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(RunCodes.ManifestUntrusted, await AskAsync(coordinator, node, alliance.Ask(Partner.Now)));
    }

    [Fact]
    public async Task Charter_IsRememberedThroughARestart()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url);
        File.Delete(node.Home.Pins);
        await node.StartAsync();
        var first = First();
        await OfferAsync(coordinator, node, first, Next(first));

        await node.StopAsync();
        coordinator.State.CharterHeads = null;
        await node.StartAsync();

        Assert.Null(await AskAsync(coordinator, node, OfNewcomer()));
    }

    private SignedCharter First() =>
        Club.Sign(CharterText.Write(Charter(alliance.Hospital, alliance.University)), Partner.Now, alliance.Hospital, alliance.University);

    private SignedCharter Next(SignedCharter first) => Club.Sign(
        CharterText.Write(Club.After(CharterText.Read(first.Text), alliance.Hospital, alliance.University, newcomer)), Partner.Now,
        alliance.University, newcomer);

    private Charter Charter(params Partner[] members) =>
        new Club(0).First(1, members) with { Collaboration = alliance.Collaboration };

    private Question OfNewcomer()
    {
        var question = alliance.Ask(Partner.Now, m => m with { Recipients = [Alliance.Recipient(newcomer)] });
        return question with { Jws = Alliance.Sign(question.Manifest, newcomer.UserKey, newcomer.UserChain) };
    }

    /// <summary>Returns the first version once the node follows all of them.</summary>
    internal static async Task<SignedCharter> OfferAsync(FakeCoordinator coordinator, TestNode node, params SignedCharter[] versions)
    {
        var text = CharterText.Read(versions[^1].Text);
        coordinator.State.OfferCharter(HeadOf(text), versions);
        var board = node.Get<CharterBoard>();
        await node.EventuallyAsync(() => board.Head(text.Content.Collaboration)?.Text.Digest == text.Digest, "the charter is followed");
        return versions[0];
    }

    internal static CharterHead HeadOf(CharterText text) =>
        new(text.Content.Collaboration, text.Content.Id, text.Content.Serial, text.Digest);

    /// <summary>The code of the refusal; null if it ran.</summary>
    internal static async Task<string?> AskAsync(FakeCoordinator coordinator, TestNode node, Question question)
    {
        var run = await RunTests.OfferAsync(coordinator, node, question);
        return run.State.Outcome == RunOutcome.Succeeded ? null : run.Read(run.Committed.Single()).Code;
    }
}
