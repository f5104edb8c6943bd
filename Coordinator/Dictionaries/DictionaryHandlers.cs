using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Algorithms;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Dictionaries;

/// <summary>Dictionaries are published once and read often; a version never changes.</summary>
internal sealed class DictionaryHandlers(Database database, TimeProvider time)
{
    /// <summary>Of one collaboration.</summary>
    private const int Most = 1_000;

    public async Task<Answer<Page<PublishedDictionary>>> ListAsync(UserCaller caller, CollaborationId collaboration, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Dataset, Operation.View, Whose.Of(collaboration), collaboration) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        var rows = await unit.Context.Dictionaries.AsNoTracking().Where(row => row.CollaborationId == collaboration.Value)
            .OrderBy(row => row.Name).ThenBy(row => row.CreatedAt).Take(Most)
            .Select(row => new { row.Name, row.Version, row.Digest, row.OrganizationId, row.AccountId, row.CreatedAt }).ToListAsync(cancellationToken);
        return new Page<PublishedDictionary>([.. rows.Select(row => new PublishedDictionary(collaboration, new DictionaryRef(row.Name, row.Version, Digest.Parse(row.Digest, null)),
            new OrganizationId(row.OrganizationId), new UserId(row.AccountId), row.CreatedAt))], null);
    }

    public async Task<Answer<PublishedDictionary>> GetAsync(UserCaller caller, CollaborationId collaboration, string name, string version, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Dataset, Operation.View, Whose.Of(collaboration), collaboration) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        return await FindAsync(unit, collaboration, name, version, cancellationToken) is { } row ? Show(row) : Refusal.NotFound($"{name}@{version}");
    }

    /// <summary>The same content again gives what was published first.</summary>
    public async Task<Answer<PublishedDictionary>> PublishAsync(UserCaller caller, CollaborationId collaboration, PublishDictionary ask, CancellationToken cancellationToken)
    {
        if (caller.Organization is not { } own || !caller.Collaborations.Contains(collaboration))
            return Refusal.NotFound(collaboration);
        if (caller.Judge(Resource.Dataset, Operation.Create, Whose.Of(own)) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var root = await unit.Context.Organizations.Where(row => row.Id == own.Value).Select(row => row.Root).FirstAsync(cancellationToken);
        var read = StatementCheck.Of(caller, root, trust => SignedDictionary.Verify(ask.Statement, trust, time.GetUtcNow()), signed => signed.Signer.Principal);
        if (read.Value is not { Statement: var statement })
            return read.Refusal!;
        if (statement.Collaboration != collaboration)
            return Refusal.Invalid(("statement", $"it is for {statement.Collaboration}, and is handed in for {collaboration}"));
        var dictionary = statement.Dictionary;
        if (await FindAsync(unit, collaboration, dictionary.Name, dictionary.Version, cancellationToken) is { } before)
            return before.Digest == dictionary.Digest.ToString() ? Show(before) : Taken(dictionary);
        var row = new DictionaryRow
        {
            CollaborationId = collaboration.Value, Name = dictionary.Name, Version = dictionary.Version, OrganizationId = own.Value, AccountId = caller.User.Value,
            Digest = dictionary.Digest.ToString(), Statement = ask.Statement, CreatedAt = time.GetUtcNow(),
        };
        unit.Context.Add(row);
        await unit.RecordAsync(caller, "dictionary.publish", collaboration, cancellationToken, collaboration: collaboration);
        try
        {
            await unit.CommitAsync(cancellationToken);
            return Show(row);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("dictionary_pkey"))
        {
            return Taken(dictionary);
        }
    }

    private static Refusal Taken(DictionaryRef dictionary) => new(ErrorCodes.Conflict,
        $"{dictionary.Words} is published already, with another content. What tasks were written against never changes: publish a new version.");

    private static Task<DictionaryRow?> FindAsync(UnitOfWork unit, CollaborationId collaboration, string name, string version, CancellationToken cancellationToken) =>
        unit.Context.Dictionaries.AsNoTracking().FirstOrDefaultAsync(
            row => row.CollaborationId == collaboration.Value && row.Name == name && row.Version == version, cancellationToken);

    private static PublishedDictionary Show(DictionaryRow row) => new(new CollaborationId(row.CollaborationId),
        new DictionaryRef(row.Name, row.Version, Digest.Parse(row.Digest, null)), new OrganizationId(row.OrganizationId), new UserId(row.AccountId), row.CreatedAt, row.Statement);
}
