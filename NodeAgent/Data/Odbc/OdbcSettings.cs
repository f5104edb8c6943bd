using Vantage.NodeAgent.Data.Databases;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>A table, a view or a query of any database that the host has an ODBC driver for.</summary>
internal sealed record OdbcSettings : SourceSettings
{
    /// <summary>As drivers want it, without the password: <c>Driver=…;Server=…;…</c></summary>
    public required string Connection { get; init; }

    public Secret Password { get; init; } = new(null, null);

    /// <summary>A table or view; else there is a query.</summary>
    public string? Table { get; init; }

    public string? Query { get; init; }

    /// <summary>Cells that mean "missing", besides NULL.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How long one reading may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    public override string Place => $"odbc, {Table ?? "a query"}";

    /// <summary>How messages call it: no server, no user, no query.</summary>
    public string Words => $"source '{Id}' (ODBC{(Table is null ? ", a query" : $", {Table}")})";

    public override IDataSource Open() => new OdbcSource(this);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => Task.Run(() => new OdbcSource(this).Look(cancellationToken), cancellationToken);

    /// <summary>In braces, as ODBC has it, where a letter of the password would end it or begin something else.</summary>
    public string ConnectionString(string? password) => password is null ? Connection
        : $"{Connection.TrimEnd(' ', ';')};PWD={(password.All(char.IsAsciiLetterOrDigit) ? password : $"{{{password.Replace("}", "}}", StringComparison.Ordinal)}}}")}";
}
