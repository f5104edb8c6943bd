using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>One's own passkeys: adding by the framework's ceremony, naming, removing.</summary>
internal sealed class PasskeyRegistration(PasskeyStates states, Database database, TimeProvider time)
{
    private const string Purpose = "register";
    private const int Most = 20;

    public async Task<Answer<PasskeyChallenge>> BeginAsync(UserCaller caller, HttpContext context)
    {
        var made = await Handler(caller, context).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = caller.User.ToString(), Name = caller.Name, DisplayName = caller.Name }, context);
        using var options = JsonDocument.Parse(made.CreationOptionsJson);
        return new PasskeyChallenge(options.RootElement.Clone(), states.Seal(caller.User, Purpose, made.AttestationState ?? ""));
    }

    public async Task<Answer<Passkey>> AddAsync(UserCaller caller, AddPasskey ask, HttpContext context, CancellationToken cancellationToken)
    {
        if (Names.Check("name", ask.Name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        if (await states.TakeAsync(caller.User, Purpose, ask.State, cancellationToken) is not { } state)
            return Invalid;
        var result = await Handler(caller, context).PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = context, CredentialJson = ask.Credential.GetRawText(), AttestationState = state,
        });
        if (!result.Succeeded || result.UserEntity.Id != caller.User.ToString())
            return Invalid;
        var row = Row(caller, ask.Name, result.Passkey);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.Passkeys.CountAsync(other => other.AccountId == row.AccountId, cancellationToken) >= Most)
            return new Refusal(ErrorCodes.Conflict, $"You have {Most} passkeys already. Remove one first.");
        unit.Context.Add(row);
        await unit.RecordAsync(caller, "account.add-passkey", caller.User, cancellationToken, organization: caller.Organization);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_passkey_pkey"))
        {
            return Invalid;
        }

        return Show(row);
    }

    public async Task<Answer<Page<Passkey>>> ListAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var rows = await unit.Context.Passkeys.AsNoTracking().Where(row => row.AccountId == caller.User.Value)
            .OrderBy(row => row.AddedAt).ToListAsync(cancellationToken);
        return new Page<Passkey>([.. rows.Select(Show)], null);
    }

    public async Task<Answer<Done>> RemoveAsync(UserCaller caller, string id, CancellationToken cancellationToken)
    {
        if (!ExactBase64Url.TryDecode(id, out var credential))
            return Refusal.NotFound("such passkey");
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.Passkeys.Where(row => row.AccountId == caller.User.Value && row.Id == credential)
            .ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Refusal.NotFound("such passkey");
        }

        await unit.RecordAsync(caller, "account.remove-passkey", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static IPasskeyHandler<Person> Handler(UserCaller caller, HttpContext context)
    {
        context.RequestServices.GetRequiredService<PersonStore>().Scope = caller.Reach;
        return context.RequestServices.GetRequiredService<IPasskeyHandler<Person>>();
    }

    private PasskeyRow Row(UserCaller caller, string name, UserPasskeyInfo made) => new()
    {
        Id = made.CredentialId,
        AccountId = caller.User.Value,
        OrganizationId = caller.Organization?.Value,
        Name = name,
        PublicKey = made.PublicKey,
        SignCount = made.SignCount,
        Transports = made.Transports ?? [],
        IsBackupEligible = made.IsBackupEligible,
        IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject,
        ClientDataJson = made.ClientDataJson,
        AddedAt = time.GetUtcNow(),
    };

    private static Passkey Show(PasskeyRow row) => new(ExactBase64Url.Encode(row.Id), row.Name, row.IsBackedUp, row.AddedAt, row.LastUsedAt);

    private static Refusal Invalid { get; } = new(ErrorCodes.PasskeyInvalid,
        "The passkey was not taken: it answers another question than the one asked here, came too late, or is known already. Begin again.");
}
