using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Nodes;

public sealed class NodeSignInTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AChallenge_IsGoodForOneSignIn()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();
        var answer = new NodeSignIn(Hospital.Answer(node, (await ChallengeAsync(node.Node)).Challenge, coordinator.Url));

        await coordinator.Nobody.PostAsync<NodeSession>(Routes.NodeSignIn, answer);
        var replayed = await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, answer);

        Assert.Equal(ErrorCodes.ChallengeInvalid, replayed.Code);
    }

    [Fact]
    public async Task AChallenge_EndsAfterAMinute()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();
        var challenge = await ChallengeAsync(node.Node);

        coordinator.Time.Advance(TimeSpan.FromSeconds(61));
        var late = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(Hospital.Answer(node, challenge.Challenge, coordinator.Url)));

        Assert.Equal(ErrorCodes.ChallengeInvalid, late.Code);
    }

    /// <summary>Whoever lacks the key can't tell an unknown node from a known, revoked or uncertified one.</summary>
    [Fact]
    public async Task WithoutTheKey_EveryRefusalReadsTheSame()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var known = await hospital.CertifiedNodeAsync("known");
        var revoked = await hospital.CertifiedNodeAsync("revoked");
        await hospital.Admin.DeleteAsync($"{Routes.Nodes}/{revoked.Node}");
        var (uncertified, _, _) = await hospital.EnrolAsync("uncertified");
        var unknown = NodeId.New(TimeProvider.System);
        var other = await hospital.CertifiedNodeAsync("other");

        var refusals = new List<Problem>();
        foreach (var node in new[] { known.Node, revoked.Node, uncertified, unknown })
        {
            var challenge = await ChallengeAsync(node);
            // Signed with a key that was certified for another node.
            var answer = Hospital.Answer((node, other.Signing, other.Chain), challenge.Challenge, coordinator.Url);
            refusals.Add(await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(answer)));
        }

        Assert.Single(refusals.Select(problem => problem with { TraceId = null }).Distinct());
        Assert.Equal(ErrorCodes.ChallengeInvalid, refusals[0].Code);
    }

    [Fact]
    public async Task AChallenge_GivenToOneNode_DoesNotServeAnother()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (first, second) = (await hospital.CertifiedNodeAsync("first"), await hospital.CertifiedNodeAsync("second"));
        var challenge = await ChallengeAsync(first.Node);

        var refused = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(Hospital.Answer(second, challenge.Challenge, coordinator.Url)));

        Assert.Equal(ErrorCodes.ChallengeInvalid, refused.Code);
    }

    /// <summary>Another Coordinator that passes our challenge on to a node gets a signature for its own address only.</summary>
    [Fact]
    public async Task ASignInForAnotherAddress_IsRefused_AndSaysWhichSettingHelps()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();

        var refused = await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn,
            new NodeSignIn(Hospital.Answer(node, (await ChallengeAsync(node.Node)).Challenge, "https://evil.example.org")));

        Assert.Equal(ErrorCodes.ChallengeInvalid, refused.Code);
        Assert.Contains("--public-url", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALoopbackCoordinator_IsMeantByEachOfItsNames()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();

        var session = await hospital.SignInAsync(node, coordinator.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");

        Assert.Equal(node.Node, session.Node);
    }

    [Fact]
    public async Task Sessions_EndWithinASecondOfRevokingTheNode()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var node = await hospital.CertifiedNodeAsync();
        var rest = coordinator.With((await hospital.SignInAsync(node)).Token);
        // A node is known, and not let onto a route for people.
        Assert.Equal(ErrorCodes.Forbidden, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);

        await hospital.Admin.DeleteAsync($"{Routes.Nodes}/{node.Node}");
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCodes.Unauthenticated, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task WhatIsNoSignedAnswer_IsRefused(string response)
    {
        var refused = await coordinator.Nobody.RefusedAsync(HttpMethod.Post, Routes.NodeSignIn, new NodeSignIn(response));

        Assert.Equal(ErrorCodes.ChallengeInvalid, refused.Code);
    }

    private Task<SignInChallenge> ChallengeAsync(NodeId node) =>
        coordinator.Nobody.PostAsync<SignInChallenge>(Routes.NodeSignInChallenge, new SignInChallengeRequest(node));
}
