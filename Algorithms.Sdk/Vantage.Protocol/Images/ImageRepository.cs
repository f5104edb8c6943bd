using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace Vantage.Protocol.Images;

/// <summary>
/// Where images lie: a registry's host, always written out, and a path in it. There is no default registry and no second
/// spelling, so that what a policy names is what is asked.
/// </summary>
public sealed partial record ImageRepository
{
    /// <summary>What a repository looks like, for messages.</summary>
    public const string Expected = "host/path in lower case, such as registry.example.org/vantage/glm or 127.0.0.1:5000/glm";

    private ImageRepository(string host, string path) => (Host, Path) = (host, path);

    /// <summary>With its port where that is not the scheme's own.</summary>
    public string Host { get; }

    /// <summary>Without the host, such as <c>vantage/glm</c>.</summary>
    public string Path { get; }

    /// <summary>The host's name without its port.</summary>
    public string HostName => Host.Split(':')[0];

    /// <summary>On this machine; only there plain http may be spoken.</summary>
    public bool IsLoopback => IsLoopbackHost(HostName);

    /// <summary>Throws <see cref="FormatException"/>.</summary>
    public static ImageRepository Parse(string text) => TryParse(text, out var repository)
        ? repository
        : throw new FormatException($"'{text}' is not a repository: expected {Expected}.");

    /// <summary>False for anything that is not a host and a path in their exact spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageRepository? repository)
    {
        repository = text is { Length: <= 384 } && Pattern().Match(text) is { Success: true } match
            && match.Groups["path"].Length <= 255 && IsHost(match.Groups["name"].Value, match.Groups["port"].Value)
            ? new(match.Groups["host"].Value, match.Groups["path"].Value)
            : null;
        return repository is not null;
    }

    /// <summary>Host and path.</summary>
    public override string ToString() => $"{Host}/{Path}";

    /// <summary>By its spelling alone: a name that merely resolves to this machine is not meant.</summary>
    internal static bool IsLoopbackHost(string name) =>
        name is "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    /// <summary>
    /// A first part without a dot or port would be a path for some programs. Numbers that are an address only to some
    /// (<c>2130706433</c>, <c>0177.0.0.1</c>, <c>0x7f.1</c>) are none here.
    /// </summary>
    private static bool IsHost(string name, string port)
    {
        if (port.Length > 0 && (!ushort.TryParse(port, out var number) || number == 0 || port[0] == '0'))
            return false;
        if (!name.Contains('.', StringComparison.Ordinal) && port.Length == 0 && name != "localhost")
            return false;
        var last = name.Split('.')[^1];
        return !(char.IsAsciiDigit(last[0]) || IPAddress.TryParse(name, out _))
            || (IPAddress.TryParse(name, out var address) && address.ToString() == name);
    }

    [GeneratedRegex(
        @"\A(?<host>(?<name>[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)(:(?<port>[0-9]{1,5}))?)"
        + @"/(?<path>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
