using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Accounts.SignIn;

/// <summary>Accounts in the states that a sign-in can find them in.</summary>
internal static class SignIns
{
    public static async Task<Member> WithAppAsync(SignInWorld world, Hospital hospital)
    {
        var member = await world.JoinAsync(hospital);
        var http = await member.SignInAsync();
        var proposed = await http.PostAsync<NewTotp>(Routes.AccountTotp, new ConfirmTotp(""));
        Assert.True(Base32.TryDecode(proposed.Secret, Totp.SecretLength, out var app));
        await http.PostAsync<RecoveryCodeList>(Routes.AccountTotp + "/confirmation",
            new ConfirmTotp(Totp.Code(app, Totp.StepAt(world.Time.GetUtcNow()), 6)));
        return member;
    }

    /// <summary>By a code that was handed over, so that nobody's address is verified; with a password if accepted at a Coordinator.</summary>
    public static async Task<string> InvitedAsync(Hospital hospital, SignInWorld? accepted = null)
    {
        var login = $"i{Guid.CreateVersion7():N}@example.org";
        var user = await hospital.Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser($"Person {Guid.CreateVersion7():N}", login, hospital.Id, [Role.Researcher]));
        var invited = await hospital.Admin.PostAsync<InvitedUser>($"{Routes.Users}/{user.User.Id}/invitation", new InviteUser());
        if (accepted is not null)
            await accepted.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword(invited.Code!, SignInWorld.Password));
        return login;
    }
}

/// <summary>A Coordinator where whoever signs in needs a verified address.</summary>
public sealed class VerifiedOnly(PostgresFixture server) : SignInWorld(server)
{
    private protected override CoordinatorSettings Adjust(CoordinatorSettings settings)
    {
        var adjusted = base.Adjust(settings);
        return adjusted with { Accounts = adjusted.Accounts with { VerifiedEmailOnly = true } };
    }
}
