using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Charters;

/// <summary>Charters as the Coordinator keeps and relays them.</summary>
public sealed class CharterRoutesTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task Charter_HoldsOnceAllFoundersAgreedAndLetsANewcomerInByItsOwnWord()
    {
        var (a, b, newcomer) = (await FoundAsync(), await FoundAsync(), await FoundAsync());
        var collaboration = await CollaborateAsync(a, b);
        var first = Write(collaboration, a, b);

        var proposed = await AgreeAsync(a, first);
        Assert.False(proposed.InForce);
        Assert.Equal([a.Id], proposed.Agreed);
        Assert.True((await AgreeAsync(b, first)).InForce);

        // Nobody outside reads it; being named in a proposal is the invitation.
        var path = PathOf(first);
        Assert.Equal(ErrorCodes.NotFound, (await newcomer.Admin.RefusedAsync(HttpMethod.Get, path)).Code);
        Assert.Equal(ErrorCodes.NotFound, (await newcomer.Admin.RefusedAsync(HttpMethod.Post, path, Consent(newcomer, Next(first, a, b, newcomer)))).Code);
        var second = Next(first, a, b, newcomer);
        Assert.False((await AgreeAsync(a, second)).InForce);
        var book = await newcomer.Admin.GetAsync<CharterBook>(path);
        Assert.Equal((first.Text, second.Text), (book.Versions.Single().Text, book.Proposals.Single().Text));
        Assert.Equal(ErrorCodes.NotFound, (await newcomer.Admin.RefusedAsync(HttpMethod.Get, $"{Routes.Collaborations}/{collaboration}")).Code);

        Assert.True((await AgreeAsync(newcomer, second)).InForce);
        var seen = await newcomer.Admin.GetAsync<Collaboration>($"{Routes.Collaborations}/{collaboration}");
        Assert.Contains(seen.Members, member => member.Organization == newcomer.Id);
        Assert.Equal(second.Digest, seen.Charter!.Digest);
        Assert.Equal(second.Digest, CharterLine.Replay((await b.Admin.GetAsync<CharterBook>(path)).Versions, TimeProvider.System.GetUtcNow()).Head.Text.Digest);
    }

    [Fact]
    public async Task Member_ThatTheNextVersionLeavesOut_LeavesTheCollaborationAndItsStudies()
    {
        var (a, b, silent) = (await FoundAsync(), await FoundAsync(), await FoundAsync());
        var collaboration = await CollaborateAsync(a, b, silent);
        var study = await a.Admin.PostAsync<Study>($"{Routes.Collaborations}/{collaboration}/studies", new CreateStudy("Both", [a.Id, b.Id]));
        var first = Write(collaboration, a, b);
        await AgreeAsync(a, first);
        await AgreeAsync(b, first);

        Assert.True((await AgreeAsync(a, Next(first, a))).InForce);

        // Who never was in a charter is not thrown out by one.
        var seen = await silent.Admin.GetAsync<Collaboration>($"{Routes.Collaborations}/{collaboration}");
        Assert.Equal(new HashSet<OrganizationId> { a.Id, silent.Id }, seen.Members.Select(member => member.Organization).ToHashSet());
        Assert.Equal([a.Id], (await a.Admin.GetAsync<Study>($"{Routes.Collaborations}/{collaboration}/studies/{study.Id}")).Organizations);
        Assert.Equal(ErrorCodes.NotFound, (await b.Admin.RefusedAsync(HttpMethod.Get, $"{Routes.Collaborations}/{collaboration}")).Code);
        Assert.Equal(ErrorCodes.NotFound, (await b.Admin.RefusedAsync(HttpMethod.Get, PathOf(first))).Code);
    }

    [Fact]
    public async Task Consent_OfAnotherOrganization_IsHandedInByNobodyElse()
    {
        var (a, b) = (await FoundAsync(), await FoundAsync());
        var text = Write(await CollaborateAsync(a, b), a, b);

        var forged = new AgreeToCharter(text.Text, CharterConsent.Sign(text, b.RootKey, b.Root, TimeProvider.System.GetUtcNow()));

        Assert.Equal(ErrorCodes.Forbidden, (await a.Admin.RefusedAsync(HttpMethod.Post, PathOf(text), forged)).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await coordinator.Admin.RefusedAsync(HttpMethod.Post, PathOf(text), forged)).Code);
    }

    [Fact]
    public async Task Version_ThatNobodyWouldFollow_IsNotKept()
    {
        var (a, b) = (await FoundAsync(), await FoundAsync());
        var first = Write(await CollaborateAsync(a, b), a, b);
        await AgreeAsync(a, first);
        await AgreeAsync(b, first);

        var fork = CharterText.Write(first.Content with { Purpose = "Another" });
        var gap = CharterText.Write(first.Content with { Serial = 3, Previous = first.Digest });

        Assert.Equal(ErrorCodes.CharterRefused, (await a.Admin.RefusedAsync(HttpMethod.Post, PathOf(fork), Consent(a, fork))).Code);
        Assert.Equal(ErrorCodes.CharterRefused, (await a.Admin.RefusedAsync(HttpMethod.Post, PathOf(gap), Consent(a, gap))).Code);
        Assert.Empty((await a.Admin.GetAsync<CharterBook>(PathOf(first))).Proposals);
    }

    [Fact]
    public async Task Nodes_AreToldToLookAgainAndHearOfTheVersionWhenReconciling()
    {
        var (a, b) = (await FoundAsync(), await FoundAsync());
        var first = Write(await CollaborateAsync(a, b), a, b);
        await using var line = await (await Site.OpenAsync(coordinator, a)).ConnectAsync();
        Assert.Null((await line.ReconcileAsync()).Charters);

        await AgreeAsync(a, first);
        await AgreeAsync(b, first);
        await line.Heard.LooksAgain;

        Assert.Equal(first.Digest, Assert.Single((await line.ReconcileAsync()).Charters!).Digest);
        Assert.Equal(first.Text, (await (await Site.OpenAsync(coordinator, b)).RestAsync().ContinueWith(rest => rest.Result.GetAsync<CharterBook>(PathOf(first)), TaskScheduler.Default).Unwrap()).Versions.Single().Text);
    }

    private Task<Hospital> FoundAsync() => Hospital.FoundAsync(coordinator);

    private async Task<CollaborationId> CollaborateAsync(params Hospital[] members) => (await coordinator.Admin.PostAsync<Collaboration>(
        Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [.. members.Select(m => m.Id)]))).Id;

    private static CharterText Write(CollaborationId collaboration, params Hospital[] members)
    {
        var now = TimeProvider.System.GetUtcNow();
        return CharterText.Write(new Charter
        {
            V = 1,
            Id = CharterId.New(TimeProvider.System),
            Collaboration = collaboration,
            Serial = 1,
            Purpose = "A study",
            Members = Members(members),
            Threshold = 1,
            Start = now.AddMinutes(-1),
            End = now.AddDays(30),
            IssuedAt = now,
        });
    }

    private static CharterText Next(CharterText before, params Hospital[] members) => CharterText.Write(before.Content with
    {
        Serial = before.Content.Serial + 1,
        Previous = before.Digest,
        Members = Members(members),
    });

    private static IReadOnlyList<CharterMember> Members(Hospital[] members) =>
        [.. members.Select(m => new CharterMember(m.Id, m.Root.Name, m.Root.Der.ToArray()))];

    private static string PathOf(CharterText text) => $"{Routes.Collaborations}/{text.Content.Collaboration}/charters";

    private static AgreeToCharter Consent(Hospital by, CharterText text) =>
        new(text.Text, CharterConsent.Sign(text, by.RootKey, by.Root, TimeProvider.System.GetUtcNow()));

    private static Task<CharterStanding> AgreeAsync(Hospital by, CharterText text) =>
        by.Admin.PostAsync<CharterStanding>(PathOf(text), Consent(by, text));
}
