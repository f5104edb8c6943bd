using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>What the command line asks for. Every wrong word and every broken setting is reported at once.</summary>
internal abstract record CommandLine
{
    private CommandLine()
    {
    }

    public const string Usage = """
        usage: Vantage.Coordinator run --data DIR [options]

          --data DIR                 where state is kept: the database, payloads, keys
          --urls URL[;URL]           addresses to listen on (http://127.0.0.1:8080); port 0 takes a free one
          --public-url URL           how nodes and clients reach it, when that differs from --urls
          --certificate FILE         TLS certificate (PEM, with intermediates), for https addresses
          --certificate-key FILE     its private key (PEM), if it is not in the same file
          --behind-tls-proxy         TLS ends at a proxy in front: listen on plain http beyond this machine
          --database FILE            file with a PostgreSQL connection string; without it a private one is started
          --postgres-programs DIR    PostgreSQL's own folder (with bin), instead of the one that came along
          --accounts FILE            how people sign in as JSON, see docs/coordinator-admin.md
          --limits FILE              limits as JSON, see docs/coordinator-admin.md
          --tasks FILE               leases, heartbeats and the like as JSON, see docs/coordinator-admin.md
          --sign-on FILE             identity providers as JSON, see docs/coordinator-admin.md
          --tokens FILE              longest life of API tokens as JSON, see docs/coordinator-admin.md
          --payloads FILE            quota and retention of sealed content as JSON, see docs/coordinator-admin.md
          --json                     say when it is ready as one line of JSON on standard output
          --help                     this

        exit codes: 0 stopped as asked, 2 command line, 4 database out of reach, 5 setting, file or machine,
                    6 address or data directory in use, 70 a bug
        """;

    public sealed record Run(CoordinatorSettings Settings, bool Json) : CommandLine;

    public sealed record Help : CommandLine;

    public sealed record Wrong(string Message, int ExitCode) : CommandLine;

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is [] or ["help" or "--help" or "-h", ..] || arguments.Contains("--help"))
            return new Help();
        if (arguments[0] != "run")
            return new Wrong($"unknown command '{arguments[0]}'; there is 'run'.", ExitCodes.Usage);
        var options = new Options(arguments.Skip(1));
        var data = options.Take("--data");
        var database = options.Take("--database");
        var programs = options.Take("--postgres-programs");
        var listen = new ListenSettings
        {
            Urls = [.. (options.Take("--urls") ?? "http://127.0.0.1:8080").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => options.ToUrl("--urls", text)).OfType<Uri>()],
            PublicUrl = options.Take("--public-url") is { } own ? options.ToUrl("--public-url", own) : null,
            Certificate = options.Take("--certificate"),
            CertificateKey = options.Take("--certificate-key"),
            BehindTlsProxy = options.TakeFlag("--behind-tls-proxy"),
        };
        var accounts = options.TakeJson("--accounts", SettingsJson.Default.AccountSettings);
        var limits = options.TakeJson("--limits", SettingsJson.Default.LimitSettings);
        var payloads = options.TakeJson("--payloads", SettingsJson.Default.PayloadSettings);
        var tasks = options.TakeJson("--tasks", SettingsJson.Default.TaskSettings);
        var signOn = options.TakeJson("--sign-on", SettingsJson.Default.SignOnSettings);
        var tokens = options.TakeJson("--tokens", SettingsJson.Default.TokenSettings);
        var json = options.TakeFlag("--json");
        if (data is null)
            options.Errors.Add("--data DIR is missing: the directory where the Coordinator keeps its state.");
        options.RefuseTheRest();
        if (options.Errors.Count > 0)
            return new Wrong(Sentences(options.Errors) + "\nSee Vantage.Coordinator run --help.", ExitCodes.Usage);
        var settings = new CoordinatorSettings
        {
            Persistence = new PersistenceSettings(Path.GetFullPath(data!), database) { Embedded = new EmbeddedPostgresSettings(programs) },
            Listen = listen,
            Accounts = accounts,
            Limits = limits,
            Payloads = payloads,
            Tasks = tasks,
            Tokens = tokens,
            SignOn = signOn,
        };
        return settings.Check() is { Count: > 0 } broken
            ? new Wrong(Sentences(broken), ExitCodes.Configuration)
            : new Run(settings, json);
    }

    private static string Sentences(IEnumerable<string> errors) => string.Join("\n", errors.Select(error => $"  - {error}")).Insert(0, "the Coordinator can't start so:\n");

    private sealed class Options(IEnumerable<string> arguments)
    {
        private readonly List<string> rest = [.. arguments];

        public List<string> Errors { get; } = [];

        public string? Take(string name)
        {
            for (var i = 0; i < rest.Count; i++)
            {
                if (rest[i].StartsWith(name + "=", StringComparison.Ordinal))
                    return Remove(i, 1)[0][(name.Length + 1)..];
                if (rest[i] != name)
                    continue;
                if (i + 1 < rest.Count && !rest[i + 1].StartsWith("--", StringComparison.Ordinal))
                    return Remove(i, 2)[1];
                rest.RemoveAt(i);
                Errors.Add($"{name} needs a value.");
                return null;
            }

            return null;
        }

        public bool TakeFlag(string name) => rest.Remove(name);

        public Uri? ToUrl(string name, string text)
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url))
                return url;
            Errors.Add($"{name}: '{text}' is not a url; write it like http://127.0.0.1:8080.");
            return null;
        }

        public T TakeJson<T>(string name, JsonTypeInfo<T> type)
            where T : class, new()
        {
            if (Take(name) is not { } file)
                return new T();
            try
            {
                return JsonSerializer.Deserialize(File.ReadAllText(file), type) ?? new T();
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                Errors.Add($"{name}: {file} can't be used: {e.Message}");
                return new T();
            }
        }

        public void RefuseTheRest() => Errors.AddRange(rest.Select(word => $"'{word}' is not an option of 'run'."));

        private List<string> Remove(int index, int count)
        {
            var taken = rest.GetRange(index, count);
            rest.RemoveRange(index, count);
            return taken;
        }
    }
}
