using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.SecondFactors;

/// <summary>An authenticator app beside the password, and what helps when it is lost.</summary>
public sealed class TotpTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithAnApp_ThePasswordAloneSignsNobodyIn_AndACodeDoesOnce()
    {
        var (member, app, _) = await WithAppAsync();

        var missing = await RefusedAsync(member, null);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var code = Code(app);
        var me = await (await member.SignInAsync(code)).GetAsync<Me>(Routes.Me);

        Assert.Equal(ErrorCodes.CodeNeeded, missing);
        Assert.Equal(SignInMethod.PasswordAndCode, me.Session!.Method);
        Assert.Equal(ErrorCodes.SignInRefused, await RefusedAsync(member, code));
        Assert.Equal(ErrorCodes.SignInRefused, await RefusedAsync(member, "000000"));
        Assert.Equal(ErrorCodes.SignInRefused, (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn,
            new PasswordSignIn(member.Login, "wrong", Code(app)))).Code);
    }

    [Fact]
    public async Task ARecoveryCode_StandsInForTheApp_Once_HoweverItIsTyped()
    {
        var (member, _, codes) = await WithAppAsync();

        await member.SignInAsync(codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal));
        var again = await RefusedAsync(member, codes[0]);
        var view = await (await member.SignInAsync(codes[1])).GetAsync<AccountView>(Routes.Account);

        Assert.Equal(ErrorCodes.SignInRefused, again);
        Assert.Equal((true, 8), (view.HasTotp, view.RecoveryCodes));
        Assert.Equal(10, codes.Distinct().Count());
    }

    [Fact]
    public async Task NewRecoveryCodes_VoidTheOld_AndWithoutTheAppThereAreNone()
    {
        var (member, app, codes) = await WithAppAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var http = await member.SignInAsync(Code(app));

        var renewed = await http.PostAsync<RecoveryCodeList>(Routes.AccountRecoveryCodes, new ConfirmTotp(""));
        var old = await RefusedAsync(member, codes[0]);
        await member.SignInAsync(renewed.Codes[0]);
        await http.DeleteAsync(Routes.AccountTotp);
        var view = await (await member.SignInAsync()).GetAsync<AccountView>(Routes.Account);

        Assert.Equal(ErrorCodes.SignInRefused, old);
        Assert.Equal((false, 0), (view.HasTotp, view.RecoveryCodes));
    }

    [Fact]
    public async Task AnAppThatWasNeverConfirmed_ChangesNothing()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var http = await member.SignInAsync();

        await http.PostAsync<NewTotp>(Routes.AccountTotp, new ConfirmTotp(""));
        var wrong = await http.RefusedAsync(HttpMethod.Post, Routes.AccountTotp + "/confirmation", new ConfirmTotp("000000"));

        Assert.Equal(ErrorCodes.InvalidInput, wrong.Code);
        await member.SignInAsync();
    }

    [Fact]
    public async Task TheDatabaseAlone_YieldsNoCode()
    {
        var (member, app, codes) = await WithAppAsync();
        await using var command = world.Superuser.CreateCommand(
            "SELECT s::text || (SELECT string_agg(r::text, '') FROM account_recovery_code r) FROM account_sign_in s WHERE account_id = $1");
        command.Parameters.Add(new() { Value = member.User.Id.Value });

        var stored = (string)(await command.ExecuteScalarAsync(Cancel))!;

        Assert.DoesNotContain(Convert.ToHexStringLower(app), stored, StringComparison.Ordinal);
        foreach (var code in codes)
        {
            Assert.True(Base32.TryDecode(code, 10, out var bytes));
            Assert.DoesNotContain(Convert.ToHexStringLower(bytes), stored, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task GuessingCodes_WithTheRightPassword_GetsFewTurns()
    {
        var (member, app, _) = await WithAppAsync();

        for (var i = 0; i < 13; i++)
        {
            await RefusedAsync(member, "000000");
            world.Time.Advance(TimeSpan.FromSeconds(70));
        }

        // The wait under the name is over by now; that of the codes, which are few, is two minutes.
        var early = await RefusedAsync(member, Code(app));
        world.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(ErrorCodes.SignInRefused, early);
        await member.SignInAsync(Code(app));
    }

    private async Task<(Member Member, byte[] App, IReadOnlyList<string> Codes)> WithAppAsync()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var http = await member.SignInAsync();
        var proposed = await http.PostAsync<NewTotp>(Routes.AccountTotp, new ConfirmTotp(""));
        Assert.True(Base32.TryDecode(proposed.Secret, Totp.SecretLength, out var app));
        var codes = await http.PostAsync<RecoveryCodeList>(Routes.AccountTotp + "/confirmation", new ConfirmTotp(Code(app)));
        return (member, app, codes.Codes);
    }

    private string Code(byte[] app) => Totp.Code(app, Totp.StepAt(world.Time.GetUtcNow()), 6);

    private async Task<string> RefusedAsync(Member member, string? code) => (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn,
        new PasswordSignIn(member.Login, SignInWorld.Password, code))).Code;
}
