using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Devices;

internal sealed class DeviceHandlers(Database database, TimeProvider time)
{
    /// <summary>Results are sealed to each.</summary>
    private const int MostDevices = 16;

    /// <summary>Certificates of a new key are another device; of a key that is known, that device's new ones.</summary>
    public async Task<Answer<User>> PublishAsync(UserCaller caller, UserId id, PublishCertificates ask, CancellationToken cancellationToken)
    {
        if (ask.Device is { } name && Names.Check("device", name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await LockAsync(unit, id, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        if (caller.Judge(Resource.User, Operation.Edit, Whose.Of(id, AccountHandlers.OrganizationOf(row)), id) is { } refusal)
            return refusal;
        if (Granting.MayActThrough(caller, id, await HeldRoles.RightsAsync(unit, id, cancellationToken)) is { } wider)
            return wider;
        if (AccountHandlers.OrganizationOf(row) is not { } organization)
            return Refusal.Forbidden("The Coordinator's admins have no certificates: they ask no questions and read no answers.");
        var root = await unit.Context.Organizations.Where(o => o.Id == row.OrganizationId).Select(o => o.Root).FirstAsync(cancellationToken);
        if (CertificateChecks.Check(root, Identity.Of(organization, id, CertificatePurpose.Signing), ask.Signing,
            Identity.Of(organization, id, CertificatePurpose.Encryption), ask.Encryption, time.GetUtcNow()) is { } untrusted)
        {
            return untrusted;
        }

        if (await TakeAsync(unit, row, ask, cancellationToken) is { } full)
            return full;
        await unit.RecordAsync(caller, "user.publish-certificates", id, cancellationToken, organization: organization);
        await unit.Context.SaveChangesAsync(cancellationToken);
        var shown = await AccountHandlers.ShowAsync(unit, row, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return shown;
    }

    public async Task<Answer<Done>> RemoveAsync(UserCaller caller, UserId id, KeyId key, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await LockAsync(unit, id, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        if (caller.Judge(Resource.User, Operation.Edit, Whose.Of(id, AccountHandlers.OrganizationOf(row)), id) is { } refusal)
            return refusal;
        if (await unit.Context.Devices.FindAsync([id.Value, key.ToBytes()], cancellationToken) is not { } device)
            return new Refusal(ErrorCodes.NotFound, $"{id} has no device with the signing key {key} (any more).");
        unit.Context.Remove(device);
        await unit.RecordAsync(caller, "user.remove-device", id, cancellationToken, organization: AccountHandlers.OrganizationOf(row));
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static async Task<Refusal?> TakeAsync(UnitOfWork unit, AccountRow row, PublishCertificates ask, CancellationToken cancellationToken)
    {
        var key = Certificate.Parse(ask.Signing).KeyId.ToBytes();
        if (await unit.Context.Devices.FindAsync([row.Id, key], cancellationToken) is { } known)
        {
            (known.SigningCertificate, known.EncryptionCertificate, known.Name) = (ask.Signing, ask.Encryption, ask.Device ?? known.Name);
            return null;
        }

        if (await unit.Context.Devices.CountAsync(device => device.AccountId == row.Id, cancellationToken) >= MostDevices)
        {
            return new Refusal(ErrorCodes.Conflict,
                $"{row.Name} has {MostDevices} devices, and nobody has more. Take one off first: vantage keys device remove.");
        }

        unit.Context.Add(new DeviceRow
        {
            AccountId = row.Id, SigningKey = key, OrganizationId = row.OrganizationId!.Value, Name = ask.Device,
            SigningCertificate = ask.Signing, EncryptionCertificate = ask.Encryption,
        });
        return null;
    }

    /// <summary>Locked, so that of two who publish at once the later one counts what the earlier one added.</summary>
    private static Task<AccountRow?> LockAsync(UnitOfWork unit, UserId id, CancellationToken cancellationToken) =>
        unit.Context.Accounts.FromSql($"SELECT * FROM account WHERE id = {id.Value} FOR UPDATE").FirstOrDefaultAsync(cancellationToken);
}
