using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>
/// Signing in with a passkey. It names nobody: the question is the same for everyone, and the passkey itself says whose it is.
/// The device has verified its holder, so that it is both factors at once.
/// </summary>
internal sealed class PasskeySigningIn(PasskeyStates states, Patience patience, Turns turns, SessionOpening opening, SignInHandlers confirming,
    Database database, PublicAddress address, TimeProvider time)
{
    private const string SignIn = "sign-in";
    private const string Confirm = "confirm";
    private static readonly UserId Nobody = new(Guid.Empty);

    public Task<Answer<PasskeyChallenge>> BeginAsync(HttpContext context) => BeginAsync(Nobody, SignIn, context);

    public Task<Answer<PasskeyChallenge>> BeginConfirmingAsync(UserCaller caller, HttpContext context) => BeginAsync(caller.User, Confirm, context);

    public async Task<Answer<SignedIn>> SignInAsync(PasskeySignIn ask, HttpContext context, CancellationToken cancellationToken)
    {
        if (ask.Cookie && CrossSite.Judge(context.Request, address) is { } foreign)
            return foreign;
        if (await CheckAsync(Nobody, SignIn, ask, context, cancellationToken) is not { } person)
            return SignInHandlers.Refused;
        var form = ask.Cookie ? SessionForm.Cookie : SessionForm.Bearer;
        var opened = await opening.OpenAsync(Id.Parse<UserId>(person.Id), person.Organization is { } own ? new OrganizationId(own) : null,
            SignInMethod.Passkey, form, context, cancellationToken);
        return new SignedIn(opened.Session, ask.Cookie ? null : opened.Secret);
    }

    public async Task<Answer<Done>> ConfirmAsync(UserCaller caller, PasskeySignIn ask, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.Session is not { } session)
            return Refusal.Forbidden("A token can't be confirmed; it needs no confirmation either.");
        if ((await CheckAsync(caller.User, Confirm, ask, context, cancellationToken))?.Id != caller.User.ToString())
            return SignInHandlers.Refused;
        return await confirming.FreshenAsync(caller, session, cancellationToken);
    }

    private async Task<Answer<PasskeyChallenge>> BeginAsync(UserId user, string purpose, HttpContext context)
    {
        var made = await context.RequestServices.GetRequiredService<IPasskeyHandler<Person>>().MakeRequestOptionsAsync(null, context);
        using var options = JsonDocument.Parse(made.RequestOptionsJson);
        return new PasskeyChallenge(options.RootElement.Clone(), states.Seal(user, purpose, made.AssertionState ?? ""));
    }

    /// <summary>Whose passkey answered, once.</summary>
    private async Task<Person?> CheckAsync(UserId user, string purpose, PasskeySignIn ask, HttpContext context, CancellationToken cancellationToken)
    {
        var from = turns.Address(context);
        if (!await patience.TakeTurnAsync(cancellationToken, from) || await states.TakeAsync(user, purpose, ask.State, cancellationToken) is not { } state
            || !await KnowsAsync(ask.Credential, context, cancellationToken))
        {
            return null;
        }

        var result = await context.RequestServices.GetRequiredService<IPasskeyHandler<Person>>().PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = context, CredentialJson = ask.Credential.GetRawText(), AssertionState = state,
        });
        if (!result.Succeeded || result.User is not { Disabled: false } person || !await RememberAsync(person, result.Passkey, cancellationToken))
            return null;
        await patience.GiveBackAsync(cancellationToken, from);
        return person;
    }

    /// <summary>Whose rows the handler may read: the owner's of the passkey that answers. Everything about it is still to be checked.</summary>
    private static async Task<bool> KnowsAsync(JsonElement credential, HttpContext context, CancellationToken cancellationToken) =>
        credential.ValueKind == JsonValueKind.Object && credential.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
        && ExactBase64Url.TryDecode(id.GetString()!, out var bytes)
        && await context.RequestServices.GetRequiredService<PersonStore>().FindByPasskeyIdAsync(bytes, cancellationToken) is not null;

    /// <summary>False if a use with a higher count came in between: then one of the two was a copy.</summary>
    private async Task<bool> RememberAsync(Person person, UserPasskeyInfo used, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(
            TenantScope.Of(person.Organization is { } own ? new OrganizationId(own) : TenantScope.CoordinatorItself), cancellationToken);
        var (id, count, now) = (used.CredentialId, (long)used.SignCount, time.GetUtcNow());
        var changed = await unit.Context.Passkeys
            .Where(row => row.Id == id && (row.SignCount < count || (row.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SignCount, count).SetProperty(row => row.IsBackedUp, used.IsBackedUp)
                .SetProperty(row => row.LastUsedAt, now), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return changed == 1;
    }
}
