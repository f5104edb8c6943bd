using Npgsql;
using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Data.Omop;

namespace Vantage.NodeAgent.Data.Postgres;

/// <summary>A table, a view or a query of a PostgreSQL database as a source.</summary>
internal sealed record PostgresSettings : SourceSettings
{
    /// <summary>A host's name, or the folder of a Unix socket.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = 5432;

    public required string Database { get; init; }

    public required string User { get; init; }

    public Secret Password { get; init; } = new(null, null);

    public SslMode Tls { get; init; } = SslMode.VerifyFull;

    /// <summary>PEM file with the authority of the server's certificate; null for the system's.</summary>
    public string? Ca { get; init; }

    /// <summary>A table or view; else there is a query.</summary>
    public string? Table { get; init; }

    public string? Query { get; init; }

    /// <summary>What the query was made of; null for one that stands in node.yaml itself.</summary>
    public OmopTable? Omop { get; init; }

    /// <summary>Cells that mean "missing", besides NULL.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How long one reading may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    public override string Place => $"postgres {User}@{Host}/{Database}, {What}";

    /// <summary>How messages call it: no host, no user, no query.</summary>
    public string Words => $"source '{Id}' (PostgreSQL, {What})";

    private string What => Table ?? (Omop is null ? "a query" : "OMOP CDM");

    public override IDataSource Open() => new PostgresSource(this);

    public override Task<string> LookAsync(CancellationToken cancellationToken) => new PostgresSource(this).LookAsync(cancellationToken);

    public string ConnectionString(string? password) => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Database = Database,
        Username = User,
        Password = password,
        SslMode = Host.StartsWith('/') ? SslMode.Disable : Tls,
        RootCertificate = Ca,
        Pooling = false,
        Timeout = 15,
        CommandTimeout = 0,
        ApplicationName = "vantage-node",
        IncludeErrorDetail = false,
        PersistSecurityInfo = false,
    }.ConnectionString;
}
