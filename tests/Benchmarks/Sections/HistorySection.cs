using Npgsql;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Reporting;

namespace Vantage.Benchmarks.Sections;

/// <summary>The same again with a long history: 100,000 ended runs with their tasks, payloads, receipts and events.</summary>
internal static class HistorySection
{
    public const string Name = "history";

    // What happened is written down directly, since living it would take hours: only here, as the superuser of a disposable
    // database. The audit trail is left alone, for it can't be forged.
    private const string Seed = """
        CREATE TEMP TABLE past AS SELECT uuidv7(interval '-1 day' + n * interval '100 ms') AS id, n FROM generate_series(1, $1) n;
        INSERT INTO vantage.task (id, collaboration_id, owner_organization, asked_by_user, job_id, type, algorithm, function,
            not_before, not_after, created_at, manifest, manifest_digest, open_runs, succeeded, settled_at)
        SELECT id, $2, $3, $4, id, 0, 'builtin:summary@1+sha256:' || repeat('0', 64), 'partial', now() - interval '2 days',
            now() + interval '1 day', now() - interval '1 day', repeat('m', 4300), sha256(id::text::bytea), 0, 3, now() - interval '1 day'
        FROM past;
        CREATE TEMP TABLE past_run AS
            SELECT uuidv7(interval '-1 day' + past.n * interval '100 ms') AS id, past.id AS task, ($5::uuid[])[1 + (past.n * 3 + k) % cardinality($5::uuid[])] AS node
            FROM past, generate_series(0, 2) k;
        INSERT INTO vantage.run (id, task_id, collaboration_id, owner_organization, asker_organization, node_id, turn_of, lost_node,
            not_before, not_after, phase, epoch, holder, outcome)
        SELECT r.id, r.task, $2, n.organization_id, $3, r.node, $4, 0, now() - interval '2 days', now() + interval '1 day', 6, 1, r.node, 0
        FROM past_run r JOIN vantage.node n ON n.id = r.node;
        INSERT INTO vantage.run_payload (run_id, kind, node_id, collaboration_id, owner_organization, digest, size, inline)
        SELECT r.id, k, r.node, $2, $3, sha256((r.id::text || k)::bytea), 500 + k * 800, decode(repeat('ab', 500 + k * 800), 'hex')
        FROM past_run r, generate_series(0, 1) k;
        INSERT INTO vantage.run_receipt (run_id, digest, collaboration_id, owner_organization, node_id, epoch, accepted, receipt)
        SELECT r.id, sha256(r.id::text::bytea), $2, $3, r.node, 1, true, repeat('r', 2600) FROM past_run r;
        INSERT INTO vantage.task_event (collaboration_id, owner_organization, task_id, run_id, phase)
        SELECT $2, $3, r.task, r.id, phase FROM past_run r, unnest('{1,3,6}'::smallint[]) phase;
        """;

    public static async Task RunAsync(Bench bench)
    {
        var clients = bench.Options.ClientCounts[bench.Options.ClientCounts.Count / 2];
        var before = await MeasureAsync(bench, clients);
        var runs = bench.Options.Size(100_000, 300);
        bench.Report.Progress($"writing a history of {runs} runs");
        await SeedAsync(bench, (runs + 2) / 3);
        var after = await MeasureAsync(bench, clients);
        var names = new[] { ("tasks/s", "tasks/s"), ("cycles", "runs/s"), ("told p50", "ms"), ("told p99", "ms"),
            ("told p50, 8 submitters at 400 tasks/s", "ms"), ("told p99, 8 submitters at 400 tasks/s", "ms"),
            ("PostgreSQL a task", "µs CPU"), ("PostgreSQL a cycle", "µs CPU") };
        foreach (var ((name, unit), (was, now)) in names.Zip(before.Zip(after)))
        {
            bench.Report.Add(new Figure(Name, $"{name}, {clients} clients, {runs:#,0} runs of history", now, unit, new("the same without", was)));
        }
    }

    private static async Task<double[]> MeasureAsync(Bench bench, int clients)
    {
        var tasks = await TasksSection.SubmitAsync(bench, clients, live: false);
        var cycles = await CyclesSection.CycleAsync(bench, clients, bench.Options.Size(5000, 6), live: false);
        var told = await ToldSection.ProbeAsync(bench, others: 0, pace: 0);
        var busy = await ToldSection.ProbeAsync(bench, others: 8, pace: 400);
        return [tasks.PerSecond, cycles.PerSecond, Numbers.Percentile(told, 0.5), Numbers.Percentile(told, 0.99),
            Numbers.Percentile(busy, 0.5), Numbers.Percentile(busy, 0.99),
            tasks.PostgresMicroseconds, cycles.PostgresMicroseconds];
    }

    private static async Task SeedAsync(Bench bench, int tasks)
    {
        await using var source = NpgsqlDataSource.Create(bench.Coordinator.Superuser);
        await using var connection = await source.OpenConnectionAsync();
        var asker = bench.Federation.Researchers[0];
        foreach (var statement in Seed.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new NpgsqlCommand(Literal(statement, tasks, bench.Federation, asker), connection);
            await command.ExecuteNonQueryAsync();
        }

        // As autovacuum would have done long ago.
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>Utility statements take no parameters; all of these are ids and numbers of our own.</summary>
    private static string Literal(string statement, int tasks, Federation federation, Researcher asker) => statement
        .Replace("$1", $"{tasks}").Replace("$2", $"'{federation.Collaboration.Value}'::uuid").Replace("$3", $"'{asker.Organization.Value}'::uuid")
        .Replace("$4", $"'{asker.Id.Value}'::uuid").Replace("$5", $"'{{{string.Join(',', federation.Sites.Concat(federation.Workers).Select(site => site.Node.Value))}}}'");
}
