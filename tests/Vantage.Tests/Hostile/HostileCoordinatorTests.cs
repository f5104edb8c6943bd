namespace Vantage.Tests.Hostile;

/// <summary>
/// A Coordinator in the wrong hands, with its database and every key it ever had, against a real node and a real client.
/// Each attack is refused by whom it is aimed at, with a code, and signed by the node where a run was refused.
/// </summary>
public sealed class HostileCoordinatorTests(HostileSite site) : IClassFixture<HostileSite>
{
    public static TheoryData<string> Names => [.. Attack.All.Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_IsRefusedByItsCode(string name)
    {
        var attack = Attack.All.Single(a => a.Name == name);

        Assert.Equal(attack.Code, await attack.TryAsync(site));
    }

    [Fact]
    public void Attacks_AreFortyAtTheLeastAndEachIsThereOnce()
    {
        Assert.True(Attack.All.Count >= 40, $"only {Attack.All.Count}");
        Assert.Equal(Attack.All.Count, Attack.All.DistinctBy(attack => attack.Name).Count());
    }
}
