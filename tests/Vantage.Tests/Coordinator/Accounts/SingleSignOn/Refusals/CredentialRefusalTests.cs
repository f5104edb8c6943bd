namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>All the ways that were thought of to get in without having the right to, in one table.</summary>
public sealed class CredentialRefusalTests(SignOnWorld world) : IClassFixture<SignOnWorld>
{
    public static TheoryData<string> Names => [.. RefusedCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NobodyGetsInBy(string name)
    {
        Afresh();

        var came = await RefusedCase.All.Single(one => one.Name == name).Attempt(world);

        Assert.Equal(RefusedCase.All.Single(one => one.Name == name).Expected, came);
    }

    [Fact]
    public async Task TheSameWithNothingWrong_GetsIn()
    {
        Afresh();

        Assert.Equal(Journey.LetIn, await new Journey(world).GoAsync());
        Assert.True(RefusedCase.All.Count >= 60, $"{RefusedCase.All.Count} cases");
    }

    /// <summary>Whatever one test had the provider say must not be remembered in the next.</summary>
    private void Afresh()
    {
        world.Mock.BeHonest();
        world.Coordinator.Time.Advance(TimeSpan.FromMinutes(11));
    }
}
