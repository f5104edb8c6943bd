using Npgsql;
using Vantage.NodeAgent.Data.Omop;
using Vantage.NodeAgent.Data.Postgres;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>A source with <c>postgres:</c>.</summary>
internal static class PostgresReading
{
    public static PostgresSettings Read(
        YamlSection section, string id, YamlSection postgres, IReadOnlyDictionary<string, ColumnType> types, string directory)
    {
        var (table, query) = (section.Text("table"), section.Text("query"));
        var omop = section.Section("omop") is { } cdm ? OmopReading.Read(cdm, directory) : null;
        if (new object?[] { table, query, omop }.Count(given => given is not null) != 1)
        {
            section.Problem("A database's source has a 'table' (or view) or a 'query', one of them; or else an 'omop'.");
        }

        var settings = new PostgresSettings
        {
            Id = id,
            Host = postgres.RequiredText("host", "the server's name, or the folder of its Unix socket"),
            Port = postgres.Number("port", 5432, 1, 65_535),
            Database = postgres.RequiredText("database", "the database's name"),
            User = postgres.RequiredText("user", "a role that may do nothing but read"),
            Password = SecretReading.Read(postgres, directory),
            Tls = Tls(postgres),
            Ca = postgres.Text("ca") is { } ca ? Path.GetFullPath(ca, directory) : null,
            Table = table,
            Query = omop is null ? query : OmopSql.Of(omop),
            Omop = omop,
            Missing = section.Texts("missing"),
            Types = types,
            Timeout = TimeSpan.FromSeconds(postgres.Number("timeoutSeconds", 1800, 1, 86_400)),
        };
        postgres.Done();
        return settings;
    }

    private static SslMode Tls(YamlSection postgres)
    {
        switch (postgres.Text("tls"))
        {
            case null or "verify":
                return SslMode.VerifyFull;
            case "unverified":
                return SslMode.Require;
            case "off":
                return SslMode.Disable;
            default:
                postgres.Problem("tls", "'tls' is verify, unverified (encrypted, to whoever answers) or off.");
                return SslMode.VerifyFull;
        }
    }
}
