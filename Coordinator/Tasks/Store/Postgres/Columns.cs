using Npgsql;
using NpgsqlTypes;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Items turned into arrays, one parameter a column, for <c>unnest</c>: one plan whatever their number.</summary>
internal sealed class Columns<T>(IReadOnlyCollection<T> items)
{
    private readonly List<NpgsqlParameter> parameters = [];

    public Columns<T> Uuid(Func<T, Guid> column) => Add(NpgsqlDbType.Uuid, column);

    public Columns<T> Uuid(Func<T, Guid?> column) => Add(NpgsqlDbType.Uuid, column);

    public Columns<T> Bytes(Func<T, byte[]?> column) => Add(NpgsqlDbType.Bytea, column);

    public Columns<T> Digest(Func<T, Digest> column) => Add(NpgsqlDbType.Bytea, item => column(item).ToBytes());

    public Columns<T> Text(Func<T, string?> column) => Add(NpgsqlDbType.Text, column);

    public Columns<T> Small(Func<T, int> column) => Add(NpgsqlDbType.Smallint, item => (short)column(item));

    public Columns<T> Small(Func<T, int?> column) => Add(NpgsqlDbType.Smallint, item => (short?)column(item));

    public Columns<T> Bool(Func<T, bool> column) => Add(NpgsqlDbType.Boolean, column);

    public Columns<T> Int(Func<T, int> column) => Add(NpgsqlDbType.Integer, column);

    public Columns<T> Long(Func<T, long> column) => Add(NpgsqlDbType.Bigint, column);

    public Columns<T> Time(Func<T, DateTimeOffset> column) =>
        Add(NpgsqlDbType.TimestampTz, item => column(item).UtcDateTime);

    public IEnumerable<NpgsqlParameter> Parameters => parameters;

    private Columns<T> Add<TValue>(NpgsqlDbType type, Func<T, TValue> column)
    {
        parameters.Add(Sql.Array(type, items.Select(column).ToArray()));
        return this;
    }
}

/// <summary>Commands with positional, typed parameters.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string text, params IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static NpgsqlParameter Array<T>(NpgsqlDbType type, T[] values) =>
        new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = type | NpgsqlDbType.Array };

    public static NpgsqlParameter Uuid(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    public static NpgsqlParameter Uuids(IEnumerable<Guid> values) => Array(NpgsqlDbType.Uuid, values.ToArray());

    public static NpgsqlParameter Small(int value) => new NpgsqlParameter<short> { TypedValue = (short)value };

    public static NpgsqlParameter Int(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Long(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter Bytes(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value };

    public static NpgsqlParameter Interval(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value };

    public static NpgsqlParameter Maybe(NpgsqlDbType type, object? value) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>Null where the column is null.</summary>
    public static T? Maybe<T>(this NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static Digest Digest(this NpgsqlDataReader row, int column) =>
        Protocol.Cryptography.Digest.FromHash(row.GetFieldValue<byte[]>(column));

    /// <summary>Every row of the current result.</summary>
    public static List<T> Rows<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row)
    {
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Every row of the next result.</summary>
    public static List<T> NextRows<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row)
    {
        reader.NextResult();
        return reader.Rows(row);
    }

    /// <summary>Every row of the current result.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Every row of the next result.</summary>
    public static async Task<List<T>> NextRowsAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        return await reader.RowsAsync(row, cancellationToken);
    }
}
