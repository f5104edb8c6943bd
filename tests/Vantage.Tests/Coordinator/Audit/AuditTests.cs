using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Vantage.Coordinator.Audit;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Audit;

public sealed class AuditTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasDone_IsChainedAndSealed_WithoutGaps()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        await hospital.PublishRootAsync();

        var entries = await SealedAsync($"{hospital.Id}", "organization.publish-root");

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(entry => entry.Sequence));
        var hash = AuditChain.Beginning;
        var sealKey = coordinator.Services.GetRequiredService<SealKey>();
        foreach (var entry in entries)
        {
            hash = AuditChain.Next(hash, entry);
            Assert.True(entry.Seal is null || sealKey.Verify(hash, entry.Seal), $"The seal on {entry.Sequence} does not fit.");
        }

        Assert.NotNull(entries[^1].Seal);
    }

    [Fact]
    public async Task AnOrganizationsAdmin_ReadsItsOwnEntriesOnly_AndAResearcherNone()
    {
        var (own, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (researcher, _) = await own.HireAsync(Role.Researcher);
        await SealedAsync($"{other.Id}", "organization.create");

        var seen = await own.Admin.GetAsync<Page<AuditEntry>>(Routes.Audit);
        var refused = await researcher.RefusedAsync(HttpMethod.Get, Routes.Audit);

        Assert.NotEmpty(seen.Items);
        Assert.All(seen.Items, entry => Assert.Equal(own.Id, entry.Organization));
        Assert.Equal(ErrorCodes.Forbidden, refused.Code);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit_entry")]
    [InlineData("TRUNCATE audit_entry CASCADE")]
    [InlineData("UPDATE audit_seal SET seal = NULL")]
    public async Task NotEvenASuperuser_ChangesWhatHappened(string sql)
    {
        await using var command = coordinator.Superuser.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Contains("only grows", refusal.MessageText, StringComparison.Ordinal);
    }

    /// <summary>The whole trail, once the entry is in it.</summary>
    private async Task<List<AuditEntry>> SealedAsync(string subject, string action)
    {
        var sealer = coordinator.Services.GetRequiredService<Sealer>();
        while (true)
        {
            await sealer.StepAsync(Cancel);
            var entries = new List<AuditEntry>();
            string? cursor = null;
            do
            {
                var page = await coordinator.Admin.GetAsync<Page<AuditEntry>>(Routes.Audit + (cursor is null ? "" : $"?cursor={cursor}"));
                entries.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            if (entries.Any(entry => entry.Subject == subject && entry.Action == action))
                return entries;
        }
    }
}
