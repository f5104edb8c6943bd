using Npgsql;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Advisories;

/// <summary>There, tasks survived their collaboration and were then read by whoever came next.</summary>
public sealed class Cve_2023_41881_NothingOutlivesItsCollaborationTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    /// <summary>What is kept on purpose, with its reason.</summary>
    private static readonly string[] Kept =
    [
        "audit_entry", // what happened stays
        "audit_seal",
        "claim_turn", // when a collaboration was last served; a number that nobody reads
        "task_event", // ends by its own retention, and belongs to a task
    ];

    [Fact]
    public async Task ACollaborationWithTasks_CanNotBeRemovedUnderThem()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await Question.Of(partners, partners.Sites[1]).SubmitAsync(partners);
        await using var remove = coordinator.Superuser.CreateCommand("DELETE FROM collaboration WHERE id = $1");
        remove.Parameters.Add(new() { Value = partners.Collaboration.Value });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => remove.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, refused.SqlState);
    }

    [Fact]
    public async Task WhateverNamesACollaboration_IsTiedToIt()
    {
        await using var command = coordinator.Superuser.CreateCommand(
            """
            WITH RECURSIVE tied AS (
                SELECT 'collaboration'::regclass AS id
                UNION SELECT c.conrelid FROM pg_constraint c JOIN tied t ON c.confrelid = t.id WHERE c.contype = 'f' AND c.confdeltype IN ('a', 'r', 'c'))
            SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid JOIN pg_namespace n ON n.oid = k.relnamespace
            WHERE a.attname = 'collaboration_id' AND k.relkind IN ('r', 'p') AND n.nspname = 'vantage' AND NOT a.attisdropped
              AND a.attrelid NOT IN (SELECT id FROM tied)
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var loose = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            loose.Add(reader.GetString(0));

        Assert.Empty(loose.Except(Kept));
    }
}
