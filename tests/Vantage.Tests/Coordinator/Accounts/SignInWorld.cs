using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Accounts;

/// <summary>Class fixture: a Coordinator whose people sign in, with a mail server beside it and a count of the hash work it does.</summary>
public class SignInWorld(PostgresFixture server) : RunningCoordinator(server)
{
    private Task<Hospital>? hospital;

    internal const string Password = "rowing past the lighthouse";

    internal MailServer Mail { get; } = new();

    internal CountingHasher Hasher { get; } = new();

    /// <summary>One for all tests of the class to which it does not matter.</summary>
    internal Task<Hospital> HospitalAsync() => hospital ??= Hospital.FoundAsync(this);

    /// <summary>An account that has accepted its invitation; with a verified address, since the invitation came by mail.</summary>
    internal async Task<Member> JoinAsync(Hospital hospital, params Role[] roles)
    {
        var login = $"p{Guid.CreateVersion7():N}@example.org";
        var user = await hospital.Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser($"Person {Guid.CreateVersion7():N}", login, hospital.Id, roles.Length == 0 ? [Role.Researcher] : roles));
        await hospital.Admin.PostAsync<InvitedUser>($"{Routes.Users}/{user.User.Id}/invitation", new InviteUser(Mail: true));
        await Nobody.DoneAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword((await Mail.NextAsync(login)).Code, Password));
        return new Member(this, hospital, user.User, login);
    }

    private protected override CoordinatorSettings Adjust(CoordinatorSettings settings) => settings with
    {
        Limits = settings.Limits with { GuessesPerMinute = 100_000 },
        Accounts = new AccountSettings
        {
            PasswordIterations = 100_000,
            FreeFailuresOfAddress = 100_000,
            Mail = new MailSettings { From = "vantage@example.org", Host = "127.0.0.1", Port = Mail.Port, Tls = false },
        },
    };

    private protected override void Replace(IServiceCollection services) => services.AddSingleton<IPasswordHasher<SignInRow>>(Hasher);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Somebody with a password, and perhaps more.</summary>
internal sealed record Member(SignInWorld World, Hospital Hospital, User User, string Login)
{
    public async Task<Rest> SignInAsync(string? code = null, string password = SignInWorld.Password) =>
        World.With((await World.Nobody.PostAsync<SignedIn>(Routes.SignIn, new PasswordSignIn(Login, password, code))).Secret!);
}

/// <summary>Identity's own hasher, with a count.</summary>
internal sealed class CountingHasher : IPasswordHasher<SignInRow>
{
    private readonly PasswordHasher<SignInRow> hasher = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public string HashPassword(SignInRow user, string password)
    {
        Interlocked.Increment(ref count);
        return hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(SignInRow user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref count);
        return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
