using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts;
using Vantage.Tests.Coordinator.Accounts.SignIn;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// CVE-2024-24770: the same oracle on the recovery of passwords and second factors. Here asking is answered at once and alike
/// for every name, a code says nothing about whose it would be, and recovering leaves the second factor where it is.
/// </summary>
public sealed class Cve_2024_24770_RecoveryTellsNothingTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    [Fact]
    public async Task AskingToRecover_IsAnsweredAlikeForEveryName_AndOnlyVerifiedAddressesGetALetter()
    {
        var hospital = await Hospital.FoundAsync(world);
        var (known, disabled) = (await world.JoinAsync(hospital), await world.JoinAsync(hospital));
        var (unverified, invited) = (await SignIns.InvitedAsync(hospital, world), await SignIns.InvitedAsync(hospital));
        await hospital.Admin.DoneAsync(HttpMethod.Put, $"{Routes.Users}/{disabled.User.Id}/disabled");

        string[] names = ["nobody@example.org", new('x', 2000), unverified, invited, disabled.Login, known.Login, known.Login];
        var answers = new List<(string, int)>();
        foreach (var name in names)
            answers.Add(await SignInAnswers.OfAsync(world, Routes.SignInRecovery, new AskRecovery(name)));

        // Letters leave in the order of asking: when this one is here, none of the others will come.
        await world.Mail.NextAsync(known.Login);
        Assert.Equal(0, Assert.Single(answers.Distinct()).Item2);
        Assert.DoesNotContain(world.Mail.Rest, letter => names.Contains(letter.To) && letter.Text.Contains("recover", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARecoveredPassword_DoesNotSignInPastTheSecondFactor()
    {
        var member = await SignIns.WithAppAsync(world, await Hospital.FoundAsync(world));
        Assert.Contains("authenticator app", (await world.Mail.NextAsync(member.Login)).Text, StringComparison.Ordinal);
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInRecovery, new AskRecovery(member.Login));
        var code = (await world.Mail.NextAsync(member.Login)).Code;

        var (recovered, _) = await SignInAnswers.OfAsync(world, Routes.SignInRecoveryPassword, new SetPassword(code, "eleven patient otters"));
        var refused = await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn, new PasswordSignIn(member.Login, "eleven patient otters"));
        var again = await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInRecoveryPassword, new SetPassword(code, "eleven patient otters"));

        Assert.StartsWith("204\n", recovered, StringComparison.Ordinal);
        Assert.DoesNotContain("vus_", recovered, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.CodeNeeded, refused.Code);
        Assert.Equal(ErrorCodes.AccountCodeInvalid, again.Code);
    }

    [Fact]
    public async Task ACodeThatIsNotValid_IsAnsweredAlike_WhyeverItIsNot()
    {
        var hospital = await Hospital.FoundAsync(world);
        var member = await world.JoinAsync(hospital);
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInRecovery, new AskRecovery(member.Login));
        var code = (await world.Mail.NextAsync(member.Login)).Code;
        await hospital.Admin.DoneAsync(HttpMethod.Put, $"{Routes.Users}/{member.User.Id}/disabled");

        var answers = new List<(string, int)>();
        foreach (var tried in new[] { code, code[..^1] + (code[^1] == 'a' ? 'b' : 'a'), "vac_" + new string('a', 32), "nonsense", "" })
            answers.Add(await SignInAnswers.OfAsync(world, Routes.SignInRecoveryPassword, new SetPassword(tried, "eleven patient otters")));

        Assert.Equal(0, Assert.Single(answers.Distinct()).Item2);
    }
}
