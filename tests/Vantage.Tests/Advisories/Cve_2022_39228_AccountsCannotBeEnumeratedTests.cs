using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Accounts;
using Vantage.Tests.Coordinator.Accounts.SignIn;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// CVE-2022-39228 (and CVE-2024-21671 as far as it can be counted): vantage6 answered otherwise for a blocked account than for
/// a wrong password, so that names could be tried out. Here every sign-in that fails is answered alike, after the same work.
/// </summary>
public sealed class Cve_2022_39228_AccountsCannotBeEnumeratedTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    [Fact]
    public async Task EverySignInThatFails_IsAnsweredAlike_AfterTheSameHashWork()
    {
        var hospital = await Hospital.FoundAsync(world);
        var (known, delayed, disabled) = (await world.JoinAsync(hospital), await world.JoinAsync(hospital), await world.JoinAsync(hospital));
        var withApp = await SignIns.WithAppAsync(world, hospital);
        var invited = await SignIns.InvitedAsync(hospital);
        // Until the wait is a minute, which this test does not take.
        for (var i = 0; i < 12; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(61));
            await SignInAnswers.OfAsync(world, Routes.SignIn, new PasswordSignIn(delayed.Login, "wrong"));
        }

        await hospital.Admin.DoneAsync(HttpMethod.Put, $"{Routes.Users}/{disabled.User.Id}/disabled");

        var answers = new Dictionary<string, (string Answer, int Hashes)>();
        foreach (var (outcome, login, password) in new[]
        {
            ("unknown", "nobody@example.org", SignInWorld.Password),
            ("no name at all", new string('x', 2000), SignInWorld.Password),
            ("an odd name", "a\0b", SignInWorld.Password),
            ("wrong", known.Login, "wrong"),
            ("empty", known.Login, ""),
            ("delayed, with the right password", delayed.Login, SignInWorld.Password),
            ("disabled, with the right password", disabled.Login, SignInWorld.Password),
            ("invited, without a password yet", invited, SignInWorld.Password),
            ("wrong, with a second factor", withApp.Login, "wrong"),
        })
        {
            answers[outcome] = await SignInAnswers.OfAsync(world, Routes.SignIn, new PasswordSignIn(login, password));
        }

        Assert.StartsWith("401\n", answers["unknown"].Answer, StringComparison.Ordinal);
        foreach (var (outcome, answer) in answers)
            Assert.True(answer == answers["unknown"], $"{outcome}: {answer} rather than {answers["unknown"]}");
        Assert.Equal(1, answers["unknown"].Hashes);
    }
}

/// <summary>CVE-2022-39228 where addresses have to be verified: an account whose address is not differs from none in nothing.</summary>
public sealed class Cve_2022_39228_UnverifiedAccountsCannotBeEnumeratedTests(VerifiedOnly world) : IClassFixture<VerifiedOnly>
{
    [Fact]
    public async Task AnUnverifiedAccount_WithTheRightPassword_IsAnsweredLikeNone()
    {
        var hospital = await Hospital.FoundAsync(world);
        var verified = await world.JoinAsync(hospital);
        var unverified = await SignIns.InvitedAsync(hospital, world);

        var answer = await SignInAnswers.OfAsync(world, Routes.SignIn, new PasswordSignIn(unverified, SignInWorld.Password));
        var unknown = await SignInAnswers.OfAsync(world, Routes.SignIn, new PasswordSignIn("nobody@example.org", SignInWorld.Password));

        Assert.Equal(unknown, answer);
        await verified.SignInAsync();
    }
}
