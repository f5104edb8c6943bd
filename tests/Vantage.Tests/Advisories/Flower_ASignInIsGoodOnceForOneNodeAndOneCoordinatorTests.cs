using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// Flower's nodes sign a timestamp, which is good for as long as clocks may differ, and in its automatic mode whoever holds any
/// key is let in. Here a node signs a challenge that is good once, with whose it is and for which Coordinator, and a key counts
/// only after an admin has certified it.
/// </summary>
public sealed class Flower_ASignInIsGoodOnceForOneNodeAndOneCoordinatorTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AnAnswerSentAgainAtOnce_IsRefused_HoweverOftenAndFast()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();
        var answer = new NodeSignIn(Hospital.Answer(node, await ChallengeAsync(node.Node), coordinator.Url));
        await coordinator.Nobody.PostAsync<NodeSession>(Routes.NodeSignIn, answer);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(ErrorCodes.ChallengeInvalid, (await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, answer)).Code);
        }
    }

    [Fact]
    public async Task AKeyThatNobodyCertified_LetsNobodyIn()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();
        var (uncertified, _, _) = await hospital.EnrolAsync("uncertified");

        // With a certified key of another node in the uncertified one's name, and in a name that nobody knows.
        foreach (var name in new[] { uncertified, NodeId.New(TimeProvider.System) })
        {
            var answer = Hospital.Answer((name, node.Signing, node.Chain), await ChallengeAsync(name), coordinator.Url);
            Assert.Equal(ErrorCodes.ChallengeInvalid,
                (await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(answer))).Code);
        }
    }

    [Fact]
    public async Task AnAnswerForAnotherCoordinator_IsRefused()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();

        var answer = Hospital.Answer(node, await ChallengeAsync(node.Node), "https://elsewhere.example.org");

        Assert.Equal(ErrorCodes.ChallengeInvalid,
            (await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(answer))).Code);
    }

    private async Task<string> ChallengeAsync(NodeId node) => (await coordinator.Nobody.PostAsync<SignInChallenge>(
        Routes.NodeSignInChallenge, new SignInChallengeRequest(node))).Challenge;
}
