using Vantage.Coordinator.Accounts.Mail;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Recovery;

/// <summary>Letters over a real mail connection: verifying an address, recovering an account.</summary>
public sealed class EmailTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recovery_SetsANewPassword_AndEndsAllSessions()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var session = await member.SignInAsync();

        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInRecovery, new AskRecovery(member.Login));
        var letter = await world.Mail.NextAsync(member.Login);
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInRecoveryPassword, new SetPassword(letter.Code, "nine quiet bicycles"));

        Assert.Equal("vantage@example.org", letter.From);
        Assert.Contains(world.Url, letter.Text, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.Unauthenticated, (await session.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        await member.SignInAsync(password: "nine quiet bicycles");
    }

    [Fact]
    public async Task ARecoveryCode_IsGoodForOneHour()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInRecovery, new AskRecovery(member.Login));
        var letter = await world.Mail.NextAsync(member.Login);

        world.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ErrorCodes.AccountCodeInvalid, (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInRecoveryPassword,
            new SetPassword(letter.Code, "nine quiet bicycles"))).Code);
    }

    [Fact]
    public async Task ANewAddress_CountsOnceItsCodeCameBack_AndTheOldOneIsTold()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var http = await member.SignInAsync();
        var address = $"new{Guid.CreateVersion7():N}@example.org";

        await http.DoneAsync(HttpMethod.Put, Routes.AccountEmail, new ChangeEmail(address));
        var letter = await world.Mail.NextAsync(address);
        var before = await http.GetAsync<AccountView>(Routes.Account);
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInEmail, new VerifyEmail(letter.Code));
        var after = await http.GetAsync<AccountView>(Routes.Account);

        Assert.Equal((member.Login, true), (before.Email, before.EmailVerified));
        Assert.Equal((address, true), (after.Email, after.EmailVerified));
        Assert.Contains("another e-mail address", (await world.Mail.NextAsync(member.Login)).Text, StringComparison.Ordinal);
        foreach (var wrong in new[] { "", "nobody", "a@b\r\nBcc: eve@example.org", "Eve <eve@example.org>" })
            Assert.Equal(ErrorCodes.InvalidInput, (await http.RefusedAsync(HttpMethod.Put, Routes.AccountEmail, new ChangeEmail(wrong))).Code);
    }

    [Fact]
    public async Task InDevelopment_LettersBecomeFilesInAFolder()
    {
        var folder = Directory.CreateTempSubdirectory("vantage-mail-");
        try
        {
            await new SmtpPostOffice(new MailSettings { Folder = folder.FullName }).SendAsync(new Letter("ada@example.org", "Subject", "The text."), Cancel);

            var file = Assert.Single(folder.GetFiles("*.eml"));
            Assert.Contains("ada@example.org", await File.ReadAllTextAsync(file.FullName, Cancel), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
