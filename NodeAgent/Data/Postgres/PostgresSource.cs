using System.Data;
using System.Globalization;
using Npgsql;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Omop;
using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Postgres;

/// <summary>
/// A table, view or query as a source: one statement in one read-only transaction, so that all rows are of one instant.
/// Reads as a stream.
/// </summary>
internal sealed class PostgresSource(PostgresSettings settings) : IDataSource
{
    private readonly PostgresFaults faults = new(settings);

    /// <summary>What the columns are read out of. A table's name is taken as SQL takes it, so that <c>clinic.patients</c> has a schema.</summary>
    private readonly string rows = settings.Table ?? $"({settings.Query!.TrimEnd().TrimEnd(';')}\n) AS vantage_source";

    public string Id => settings.Id;

    /// <summary>A database says of no table whether it changed.</summary>
    public string? Stamp(DateTimeOffset now) => null;

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => ReadAsync(
            (connection, held) => Copy(connection, held, columns, path, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Signs in, and looks at the role and the columns.</summary>
    public Task<string> LookAsync(CancellationToken cancellationToken) =>
        ReadAsync((_, columns) => $"{columns.Count} columns, read by a role that may do nothing else", cancellationToken);

    private async Task<T> ReadAsync<T>(
        Func<NpgsqlConnection, IReadOnlyList<PostgresColumn>, T> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString(settings.Password.Read(faults.Source)));
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using (var bounds = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture,
                $"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {(long)settings.Timeout.TotalMilliseconds}; SET LOCAL extra_float_digits = 3"), connection))
            {
                await bounds.ExecuteNonQueryAsync(cancellationToken);
            }

            await ReadOnlyRole.CheckAsync(connection, faults, cancellationToken);
            if (settings.Omop is { } omop)
            {
                await OmopTransaction.PrepareAsync(connection, omop, faults, cancellationToken);
            }

            return use(connection, await PostgresColumn.OfAsync(connection, rows, cancellationToken));
        }
        catch (NpgsqlException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw faults.Of(e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>
    /// Tells the server, which would work on and keep what it holds; a server that does not listen is left alone.
    /// </summary>
    private async Task StopAsync(NpgsqlConnection reading)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString(settings.Password.Read(faults.Source)));
            await connection.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand("SELECT pg_cancel_backend($1)", connection) { Parameters = { new() { Value = reading.ProcessID } } };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or SourceException or InvalidOperationException)
        {
            await reading.CloseAsync();
        }
    }

    private Snapshot Copy(
        NpgsqlConnection connection, IReadOnlyList<PostgresColumn> held, ColumnChoice choice, string path, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(_ => _ = StopAsync(connection), null);
        // In quotes, so that the blanks around a text belong to it.
        using var copied = connection.BeginTextExport(
            $"COPY (SELECT {string.Join(", ", held.Select(column => column.Expression))} FROM {rows}) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *, ENCODING 'UTF8')");
        var types = held.ToDictionary(c => c.Name, c => settings.Types.TryGetValue(c.Name, out var type) ? type : c.Natural ?? ColumnType.Text);
        foreach (var name in settings.Types.Keys.Where(name => !types.ContainsKey(name)))
        {
            throw faults.DeclaredNotThere(name);
        }

        var extractor = new RowExtractor(faults, new CellRules('.', settings.Missing, types))
        {
            Hidden = held.Where(column => column.Natural is null).ToDictionary(column => column.Name, column => column.Held, StringComparer.Ordinal),
        };
        var lines = LineMap.OfRows(settings.Table ?? settings.Id, mayBreakLines: true);
        using var table = new DigestedRows(new CsvRows(
            new CsvSourceSettings { Id = settings.Id, Path = settings.Table ?? "a query" }, ((StreamReader)copied).BaseStream));
        return extractor.Take(table, path, choice, lines, () => table.Content, cancellationToken);
    }
}
