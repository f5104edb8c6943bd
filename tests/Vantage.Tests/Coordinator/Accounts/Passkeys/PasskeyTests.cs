using System.Security.Cryptography;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Accounts.Sessions;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Passkeys;

/// <summary>Passkeys by the framework's handler, asked by an authenticator that can do every step wrong.</summary>
public sealed class PasskeyTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> WrongInBoth => ["type", "challenge", "origin", "origin-suffix", "origin-http-port", "cross-origin",
        "relying-party", "not-present", "not-verified", "backup-flags", "state", "state-of-another", "late", "twice", "no-json", "id-differs"];

    public static TheoryData<string> WrongWhenSigningIn => ["signature", "foreign-key", "count-replayed", "count-zero-after-some", "unknown-credential",
        "another-user", "registration-state"];

    public static TheoryData<string> WrongWhenRegistering => ["algorithm", "sign-in-state"];

    [Theory]
    [InlineData("none")]
    [InlineData("packed")]
    public async Task APasskey_IsRegistered_AndSignsItsPersonIn_AgainAndAgain(string format)
    {
        var (member, http) = await MemberAsync();
        using var authenticator = new Authenticator(world.Url);

        var added = await AddAsync(http, authenticator, new Ceremony { Format = format, Flags = 1 | 4 | Ceremony.BackupEligible | Ceremony.BackedUp });
        // A synced passkey says so each time.
        var how = new Ceremony { Flags = 1 | 4 | Ceremony.BackupEligible | Ceremony.BackedUp };
        for (var i = 0; i < 3; i++)
        {
            var signedIn = await world.Nobody.PostAsync<SignedIn>(Routes.SignInPasskey, authenticator.Assert(await AskAsync(world.Nobody, Routes.SignInPasskey), how));
            var me = await world.With(signedIn.Secret!).GetAsync<Me>(Routes.Me);
            Assert.Equal((member, SignInMethod.Passkey), (me.User, me.Session!.Method));
        }

        Assert.True(added.Synced);
        Assert.NotNull(Assert.Single((await http.GetAsync<Page<Passkey>>(Routes.AccountPasskeys)).Items).LastUsedAt);
    }

    [Fact]
    public async Task TheQuestion_NamesNobody_AndWantsTheHolderVerified()
    {
        var asked = await AskAsync(world.Nobody, Routes.SignInPasskey);

        Assert.False(asked.Options.TryGetProperty("allowCredentials", out var allowed) && allowed.GetArrayLength() > 0);
        Assert.Equal("required", asked.Options.GetProperty("userVerification").GetString());
        Assert.Equal("localhost", asked.Options.GetProperty("rpId").GetString());
    }

    [Fact]
    public async Task ARemovedPasskey_SignsNobodyIn_AndAPasskeyIsNobodyElses()
    {
        var (_, http) = await MemberAsync();
        var (_, other) = await MemberAsync();
        using var authenticator = new Authenticator(world.Url);
        var added = await AddAsync(http, authenticator);

        var foreign = await other.RefusedAsync(HttpMethod.Delete, $"{Routes.AccountPasskeys}/{added.Id}");
        var taken = await other.RefusedAsync(HttpMethod.Post, Routes.AccountPasskeys, authenticator.Register(await AskAsync(other, Routes.AccountPasskeys)));
        await http.DeleteAsync($"{Routes.AccountPasskeys}/{added.Id}");

        Assert.Equal(ErrorCodes.NotFound, foreign.Code);
        Assert.Equal(ErrorCodes.PasskeyInvalid, taken.Code);
        Assert.Equal(ErrorCodes.SignInRefused, await TryAsync(authenticator.Assert(await AskAsync(world.Nobody, Routes.SignInPasskey))));
    }

    [Fact]
    public async Task APasskey_ConfirmsItsOwnSession_AndNoOther()
    {
        var (_, http) = await MemberAsync();
        var (_, other) = await MemberAsync();
        using var authenticator = new Authenticator(world.Url);
        await AddAsync(http, authenticator);

        world.Time.Advance(TimeSpan.FromMinutes(11));
        var stale = await http.RefusedAsync(HttpMethod.Post, Routes.AccountPasskeys + "/challenge");
        var foreign = await other.RefusedAsync(HttpMethod.Post, Routes.AccountConfirmation + "/passkey",
            authenticator.Assert(await AskAsync(other, Routes.AccountConfirmation + "/passkey")));
        await http.DoneAsync(HttpMethod.Post, Routes.AccountConfirmation + "/passkey",
            authenticator.Assert(await AskAsync(http, Routes.AccountConfirmation + "/passkey")));

        Assert.Equal(ErrorCodes.ConfirmationNeeded, stale.Code);
        Assert.Equal(ErrorCodes.SignInRefused, foreign.Code);
        await AskAsync(http, Routes.AccountPasskeys);
    }

    [Theory]
    [MemberData(nameof(WrongInBoth))]
    [MemberData(nameof(WrongWhenSigningIn))]
    public async Task SigningIn_WithOneStepDoneWrong_IsRefused(string wrong)
    {
        var (_, http) = await MemberAsync();
        var (other, _) = await MemberAsync();
        using var authenticator = new Authenticator(world.Url);
        await AddAsync(http, authenticator);
        // A first good use, so that there is a count to go back behind.
        await world.Nobody.PostAsync<SignedIn>(Routes.SignInPasskey, authenticator.Assert(await AskAsync(world.Nobody, Routes.SignInPasskey)));
        var asked = await AskAsync(world.Nobody, Routes.SignInPasskey);
        asked = wrong switch
        {
            "state-of-another" => await AskAsync(http, Routes.AccountConfirmation + "/passkey"),
            "registration-state" => asked with { State = (await AskAsync(http, Routes.AccountPasskeys)).State },
            _ => asked,
        };

        var sent = authenticator.Assert(asked, How(wrong, other.ToString()));
        if (wrong == "state")
            sent = sent with { State = Flip(sent.State) };
        if (wrong == "late")
            world.Time.Advance(TimeSpan.FromMinutes(6));
        if (wrong == "twice")
            await world.Nobody.PostAsync<SignedIn>(Routes.SignInPasskey, sent);

        Assert.Equal(ErrorCodes.SignInRefused, await TryAsync(sent));
    }

    [Theory]
    [MemberData(nameof(WrongInBoth))]
    [MemberData(nameof(WrongWhenRegistering))]
    public async Task Registering_WithOneStepDoneWrong_IsRefused(string wrong)
    {
        var (_, http) = await MemberAsync();
        var (_, other) = await MemberAsync();
        using var authenticator = new Authenticator(world.Url);
        var asked = await AskAsync(http, Routes.AccountPasskeys);
        asked = wrong switch
        {
            "state-of-another" => await AskAsync(other, Routes.AccountPasskeys),
            "sign-in-state" => asked with { State = (await AskAsync(world.Nobody, Routes.SignInPasskey)).State },
            _ => asked,
        };

        var sent = authenticator.Register(asked, How(wrong, "usr_x"));
        if (wrong == "state")
            sent = sent with { State = Flip(sent.State) };
        if (wrong == "late")
            world.Time.Advance(TimeSpan.FromMinutes(6));
        if (wrong == "twice")
            await http.PostAsync<Passkey>(Routes.AccountPasskeys, sent);

        Assert.Equal(ErrorCodes.PasskeyInvalid, (await http.RefusedAsync(HttpMethod.Post, Routes.AccountPasskeys, sent)).Code);
        Assert.Equal(wrong == "twice" ? 1 : 0, (await http.GetAsync<Page<Passkey>>(Routes.AccountPasskeys)).Items.Count);
    }

    private Ceremony How(string wrong, string otherUser) => wrong switch
    {
        "type" => new() { Type = "webauthn.other" },
        "challenge" => new() { Challenge = Convert.ToBase64String(new byte[33]).TrimEnd('=') },
        "origin" => new() { Origin = "https://evil.example.org" },
        "origin-suffix" => new() { Origin = world.Url + ".evil.org" },
        "origin-http-port" => new() { Origin = "http://localhost:1" },
        "cross-origin" => new() { CrossOrigin = true },
        "relying-party" => new() { RelyingParty = "evil.example.org" },
        "not-present" => new() { Flags = Ceremony.Verified },
        "not-verified" => new() { Flags = Ceremony.Present },
        "backup-flags" => new() { Flags = 1 | 4 | Ceremony.BackedUp },
        "no-json" => new() { Bend = credential => credential["response"]!["clientDataJSON"] = "AAAA" },
        "id-differs" => new() { Bend = credential => credential["id"] = "AAAA" },
        "signature" => new() { Bend = credential => credential["response"]!["signature"] = Flip((string)credential["response"]!["signature"]!) },
        "foreign-key" => new() { Key = Stranger },
        "count-replayed" => new() { Count = 1 },
        "count-zero-after-some" => new() { Count = 0 },
        "unknown-credential" => new() { CredentialId = new byte[32] },
        "another-user" => new() { UserHandle = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(otherUser)) },
        "algorithm" => new() { Algorithm = -65535 },
        _ => new(),
    };

    /// <summary>In a session, and without a password: passkeys need none.</summary>
    private async Task<(UserId User, Rest Http)> MemberAsync()
    {
        var hospital = await world.HospitalAsync();
        var (_, user) = await hospital.HireAsync(Role.Researcher);
        return (user.User.Id, world.With((await OpenSessions.OpenAsync(world, user.User.Id, hospital.Id)).Secret));
    }

    private static async Task<Passkey> AddAsync(Rest http, Authenticator authenticator, Ceremony? how = null) =>
        await http.PostAsync<Passkey>(Routes.AccountPasskeys, authenticator.Register(await AskAsync(http, Routes.AccountPasskeys), how));

    private static Task<PasskeyChallenge> AskAsync(Rest http, string path) => http.PostAsync<PasskeyChallenge>(path + "/challenge", new ConfirmTotp(""));

    private async Task<string> TryAsync(PasskeySignIn sent) => (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInPasskey, sent)).Code;

    private static string Flip(string text) => text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1];
}
