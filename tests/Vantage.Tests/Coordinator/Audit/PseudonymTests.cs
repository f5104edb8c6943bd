using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Audit;

public sealed class PseudonymTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoEntryNamesAPerson_AndWhoMaySeeTheAccountReadsTheName()
    {
        var (own, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (_, hired) = await own.HireAsync(Role.Researcher);

        var entry = (await SealedAsync(own, e => e.SubjectName == hired.User.Name)).Last(e => e.Action == "user.create");
        await using var raw = coordinator.Superuser.CreateCommand("SELECT count(*) FROM audit_entry WHERE actor LIKE 'usr%' OR subject LIKE 'usr%'");

        Assert.Equal(0L, await raw.ExecuteScalarAsync(Cancel));
        Assert.StartsWith("psn_", entry.Subject, StringComparison.Ordinal);
        Assert.NotEqual(hired.User.Id.ToString()[4..], entry.Subject[4..]);
        Assert.Equal(hired.User.Name, entry.SubjectName);
        Assert.DoesNotContain((await other.Admin.GetAsync<Page<AuditEntry>>(Routes.Audit)).Items, e => e.Subject == entry.Subject);
    }

    [Fact]
    public async Task AForgottenPerson_IsNobody_AndTheTrailIsWhole_AndWhatTheyDoNextIsSomebodyElses()
    {
        var (own, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (hired, user) = await own.HireAsync(Role.OrganizationAdmin);
        await hired.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("one", 1));
        var before = await SealedAsync(own, e => e.ActorName == user.User.Name);
        var route = $"{Routes.Audit}/people/{user.User.Id}";

        Assert.Equal(ErrorCodes.NotFound, (await other.Admin.RefusedAsync(HttpMethod.Delete, route)).Code);
        await own.Admin.DeleteAsync(route);
        await hired.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("two", 1));

        var after = await SealedAsync(own, e => e.ActorName == user.User.Name);
        var old = before.Single(e => e.Action == "user.create" && e.SubjectName == user.User.Name).Subject;
        Assert.All(after.Where(e => e.Actor == old || e.Subject == old), e => Assert.Null(e.Actor == old ? e.ActorName : e.SubjectName));
        Assert.Equal(old, after.Single(e => e.Action == "user.forget").Subject);
        Assert.Equal(before.Select(e => e.Hash), after.Take(before.Count).Select(e => e.Hash));
        Assert.NotEqual(old, after[^1].Actor);
        Assert.Equal(user.User.Name, after[^1].ActorName);
    }

    /// <summary>The trail, once such an entry is in it.</summary>
    private async Task<IReadOnlyList<AuditEntry>> SealedAsync(Hospital hospital, Func<AuditEntry, bool> wanted)
    {
        while (true)
        {
            await coordinator.Services.GetRequiredService<Sealer>().StepAsync(Cancel);
            var entries = (await hospital.Admin.GetAsync<Page<AuditEntry>>(Routes.Audit)).Items;
            if (entries.Any(wanted))
                return entries;
        }
    }
}
