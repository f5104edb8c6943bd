using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Vantage.Coordinator.Audit.Reading;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Audit;

public sealed class AuditTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasDone_IsWithoutGapsTheTreeThatWasSigned()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        await hospital.PublishRootAsync();

        var entries = await SealedAsync($"{hospital.Id}", "organization.publish-root");
        var trail = await coordinator.Admin.GetAsync<AuditTrailView>(Routes.Audit + "/trail?heads=1000");

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(entry => entry.Sequence));
        using var key = SigningPublicKey.FromSubjectPublicKeyInfo(trail.Key);
        var tree = new Frontier();
        var heads = new Queue<AuditHead>(trail.Heads);
        foreach (var entry in entries)
        {
            tree.Append(Record(entry).Hash());
            if (heads.TryPeek(out var head) && head.Size == tree.Size)
            {
                Assert.True(head.IsSignedBy(key));
                Assert.Equal(tree.Root, heads.Dequeue().Root);
            }
        }

        Assert.True(heads.All(head => head.Size > entries.Count), "A head is of entries that are not there.");
        Assert.Equal(File.ReadAllText(Path.Combine(coordinator.Data, "audit.pub")), key.ToPem());
    }

    /// <summary>Through several levels of the tree, whose inner hashes are kept at every eighth only.</summary>
    [Fact]
    public async Task EveryLaterHead_ComesWithAProofThatItContinuesEveryEarlierOne()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var sealer = coordinator.Services.GetRequiredService<Sealer>();
        var book = coordinator.Services.GetRequiredService<IHeadBook>();
        var held = new List<AuditHead>();
        foreach (var more in new[] { 1, 2, 250, 3, 61 })
        {
            await using var command = coordinator.Superuser.CreateCommand(
                $"INSERT INTO audit_entry (actor, action, subject) SELECT 'a test', 'test.{(more == 250 ? "many" : "few")}', i::text FROM generate_series(1, {more}) i");
            await command.ExecuteNonQueryAsync(Cancel);
            var before = held.LastOrDefault()?.Size ?? 0;
            HeadOffer? offer;
            do
            {
                await sealer.StepAsync(Cancel);
                offer = await book.OfferAsync(before + more, Cancel);
            }
            while (offer is null || offer.Head.Size < before + more);
            foreach (var older in held)
            {
                var proven = (await book.OfferAsync(older.Size, Cancel))!;
                Assert.Equal(proven.Head, Assert.IsType<HeadVerdict.Good>(HeadJudge.Judge(older, proven)).Keep);
                Assert.True(proven.Proof.Count < 12);
            }

            held.Add(offer.Head);
        }

        Assert.True(held[^1].Size > 300);
        Assert.NotEqual(default, hospital.Id);
    }

    [Fact]
    public async Task AnOrganizationsAdmin_ReadsItsOwnEntriesOnly_AndAResearcherNone()
    {
        var (own, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (researcher, _) = await own.HireAsync(Role.Researcher);
        await SealedAsync($"{other.Id}", "organization.create");

        var seen = await own.Admin.GetAsync<Page<AuditEntry>>(Routes.Audit);

        Assert.NotEmpty(seen.Items);
        Assert.All(seen.Items, entry => Assert.Equal(own.Id, entry.Organization));
        Assert.Single((await own.Admin.GetAsync<AuditTrailView>(Routes.Audit + "/trail")).Heads);
        Assert.Equal(2, (await own.Admin.GetAsync<AuditHashes>(Routes.Audit + "/hashes?at=0.0,1.0")).Hashes.Count);
        foreach (var wrong in new[] { "", "0", "0.-1", "x.0", "0.999999999", "61.0", "-1.0", "0.0,", string.Join(',', Enumerable.Repeat("0.0", 201)) })
            Assert.Equal(ErrorCodes.InvalidInput, (await own.Admin.RefusedAsync(HttpMethod.Get, $"{Routes.Audit}/hashes?at={wrong}")).Code);
        foreach (var route in new[] { "", "/trail", "/hashes?at=0.0" })
        {
            Assert.Equal(ErrorCodes.Forbidden, (await researcher.RefusedAsync(HttpMethod.Get, Routes.Audit + route)).Code);
        }
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit_entry")]
    [InlineData("TRUNCATE audit_entry CASCADE")]
    [InlineData("UPDATE audit_seal SET salt = ''")]
    [InlineData("DELETE FROM audit_hash")]
    [InlineData("DELETE FROM audit_head")]
    public async Task NotEvenASuperuser_ChangesWhatHappened(string sql)
    {
        await using var command = coordinator.Superuser.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Contains("only grows", refusal.MessageText, StringComparison.Ordinal);
    }

    private static AuditRecord Record(AuditEntry entry) => new(
        entry.Sequence, entry.At, entry.Actor, entry.Action, entry.Subject, entry.Collaboration, entry.Organization, null, entry.Salt);

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
