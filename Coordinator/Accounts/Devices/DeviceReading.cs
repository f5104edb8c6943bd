using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Accounts.Devices;

/// <summary>The devices of accounts, the oldest first. The unit's scope has to show them.</summary>
internal static class DeviceReading
{
    public static async Task<ILookup<Guid, Device>> ReadAsync(UnitOfWork unit, IReadOnlyCollection<Guid> accounts, CancellationToken cancellationToken) =>
        (await unit.Context.Devices.AsNoTracking().Where(row => accounts.Contains(row.AccountId))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.SigningKey).ToListAsync(cancellationToken)).ToLookup(row => row.AccountId, Show);

    private static Device Show(DeviceRow row) =>
        new(KeyId.FromBytes(row.SigningKey), row.Name, row.SigningCertificate, row.EncryptionCertificate, row.CreatedAt);
}
