using System.Net;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Hosting;

/// <summary>The way out of the site. Only what stands in <c>node.yaml</c> counts, never an environment variable.</summary>
/// <param name="PasswordFile">A file of mode 0600 that holds the password.</param>
internal sealed record ProxySettings(Uri Url, string? User, string? PasswordFile)
{
    public static ProxySettings Read(YamlSection section, NodeHome home)
    {
        var text = section.RequiredText("url", "the proxy's address, such as http://proxy.example.org:3128");
        var ok = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        if (text.Length > 0 && !ok)
        {
            section.Problem("url", $"'{text}' is not a proxy's address, such as http://proxy.example.org:3128.");
        }
        else if (ok && url!.UserInfo.Length > 0)
        {
            section.Problem("url", "The address holds no user or password: set proxy.user and proxy.passwordFile.");
        }

        var user = section.Text("user");
        var file = section.Text("passwordFile") is { } path ? Path.GetFullPath(path, home.Root) : null;
        if (user is null != file is null)
        {
            section.Problem("proxy.user and proxy.passwordFile are set together.");
        }

        section.Done();
        return new ProxySettings(ok ? url! : new Uri("http://invalid.invalid/"), user, file);
    }

    public WebProxy ToWebProxy() => new(Url)
    {
        BypassProxyOnLocal = false,
        Credentials = User is null ? null : new NetworkCredential(User, Password()),
    };

    private string Password()
    {
        if (!File.Exists(PasswordFile))
        {
            throw CommandFailure.Configuration($"proxy.passwordFile: there is no file {PasswordFile}. Write the password into it, mode 0600.");
        }

        try
        {
            return KeyFile.Load(PasswordFile).TrimEnd('\r', '\n');
        }
        catch (KeyFileException e)
        {
            throw CommandFailure.Configuration($"proxy.passwordFile: {e.Message}", e);
        }
    }
}
