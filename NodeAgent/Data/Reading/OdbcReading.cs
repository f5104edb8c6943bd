using System.Text.RegularExpressions;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>A source with <c>odbc:</c>.</summary>
internal static partial class OdbcReading
{
    public static OdbcSettings Read(
        YamlSection section, string id, YamlSection odbc, IReadOnlyDictionary<string, ColumnType> types, string directory)
    {
        var (table, query) = (section.Text("table"), section.Text("query"));
        if (table is null == query is null)
        {
            section.Problem("A database's source has a 'table' (or view) or a 'query', one of them.");
        }

        var connection = odbc.RequiredText("connection", "what the driver wants, such as Driver=MariaDB Unicode;Server=…;Database=…;UID=…");
        if (Password().IsMatch(connection))
        {
            odbc.Problem("connection", SecretReading.NotHere);
        }

        var settings = new OdbcSettings
        {
            Id = id,
            Connection = connection,
            Password = SecretReading.Read(odbc, directory),
            Table = table,
            Query = query,
            Missing = section.Texts("missing"),
            Types = types,
            Timeout = TimeSpan.FromSeconds(odbc.Number("timeoutSeconds", 1800, 1, 86_400)),
        };
        odbc.Done();
        return settings;
    }

    [GeneratedRegex(@"(^|;)\s*(pwd|password)\s*=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Password();
}
