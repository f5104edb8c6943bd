using System.Net;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Tls;

namespace Vantage.NodeAgent.Images;

/// <summary>One of node.yaml's <c>registries</c>: only those need a line that want a password, an authority of their own, or no TLS.</summary>
internal sealed record RegistrySettings(string Host)
{
    public string? User { get; init; }

    /// <summary>A file of mode 0600.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Another host that gives out this registry's tokens.</summary>
    public string? TokenHost { get; init; }

    /// <summary>PEM file with further authorities for its TLS certificate.</summary>
    public string? Ca { get; init; }

    public bool Insecure { get; init; }

    public static IReadOnlyList<RegistrySettings> Read(YamlSection root, string folder)
    {
        var registries = new List<RegistrySettings>();
        foreach (var section in root.Sections("registries"))
        {
            var registry = ReadOne(section, folder);
            if (registries.Exists(r => r.Host == registry.Host))
            {
                section.Problem("host", $"'{registry.Host}' is listed twice.");
            }

            registries.Add(registry);
        }

        return registries;
    }

    private static RegistrySettings ReadOne(YamlSection section, string folder)
    {
        var registry = new RegistrySettings(section.RequiredText("host", "the registry, such as registry.example.org or 127.0.0.1:5000"))
        {
            User = section.Text("user"),
            PasswordFile = section.Text("passwordFile") is { } password ? Path.GetFullPath(password, folder) : null,
            TokenHost = section.Text("tokenHost"),
            Ca = section.Text("ca") is { } ca ? Path.GetFullPath(ca, folder) : null,
            Insecure = section.Flag("insecure", false),
        };
        section.Done();
        if (registry.Host.Length > 0 && !ImageRepository.TryParse(registry.Host + "/x", out _))
        {
            section.Problem("host", $"'{registry.Host}' is not a registry's host, such as registry.example.org or 127.0.0.1:5000.");
        }
        else if (registry.Insecure && !ImageRepository.Parse(registry.Host + "/x").IsLoopback)
        {
            section.Problem("insecure", "Plain http is for a registry on this machine only: on any other, whoever is on the way could"
                + " change what is read. Give the registry TLS, with 'ca' if its authority is your own.");
        }

        if (registry.User is null != registry.PasswordFile is null)
        {
            section.Problem("'user' and 'passwordFile' are set together.");
        }

        return registry;
    }

    /// <summary>Throws <see cref="ImageException"/> if a file that is needed can't be used.</summary>
    public RegistryAccess ToAccess(IWebProxy? proxy)
    {
        try
        {
            return new RegistryAccess
            {
                Host = Host,
                TokenHost = TokenHost,
                Credential = PasswordFile is null ? null : new(User, KeyFile.Load(PasswordFile).TrimEnd('\r', '\n')),
                Authorities = Ca is null ? null : FurtherAuthorities.FromPemFile(Ca),
                Insecure = Insecure,
                // A proxy is the way out; what is on this machine is not out there.
                Proxy = ImageRepository.Parse(Host + "/x").IsLoopback ? null : proxy,
            };
        }
        catch (Exception e) when (e is KeyFileException or IOException or UnauthorizedAccessException or AuthoritiesException)
        {
            throw new ImageException(ImageFault.ImageRegistryRefused,
                $"This node can't speak to {Host}: its settings for it can't be used. Its admin looks at 'registries' in node.yaml: {e.Message}", e);
        }
    }
}
