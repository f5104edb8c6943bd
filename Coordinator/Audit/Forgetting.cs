using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Erases whom a pseudonym stands for. The trail stays whole, and nobody can tell any more whose acts those were. That it was
/// done is an entry itself, under the pseudonym; whatever the person does after that is under another.
/// </summary>
internal sealed class Forgetting(Database database)
{
    public async Task<Answer<Done>> ForgetAsync(UserCaller caller, UserId person, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.Id == person.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(person);
        if (caller.Judge(Resource.User, Operation.Delete, Whose.Of(person, AccountHandlers.OrganizationOf(row)), person) is { } refusal)
            return refusal;
        await unit.RecordAsync(caller, "user.forget", person, cancellationToken, organization: AccountHandlers.OrganizationOf(row));
        await using var erase = unit.CreateCommand("DELETE FROM audit_person WHERE account_id = $1");
        erase.Parameters.Add(new() { Value = person.Value });
        await erase.ExecuteNonQueryAsync(cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return new Done();
    }
}
