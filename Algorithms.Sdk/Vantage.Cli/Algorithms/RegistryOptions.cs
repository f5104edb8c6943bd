using System.CommandLine;
using System.Net;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Tls;

namespace Vantage.Cli.Algorithms;

/// <summary>How the registry is spoken to: the same for every verb.</summary>
internal static class RegistryOptions
{
    private static readonly Option<string?> User = new("--user") { Description = "Sign in to the registry as this user,", HelpName = "NAME" };

    private static readonly Option<string?> PasswordFile = new("--password-file")
    {
        Description = "with the password in this file (mode 0600).",
        HelpName = "FILE",
    };

    private static readonly Option<string?> TokenHost = new("--token-host")
    {
        Description = "The registry's token service, where that is another host; it gets the password.",
        HelpName = "HOST",
    };

    private static readonly Option<string?> Ca = new("--ca")
    {
        Description = "Further authorities for the registry's TLS certificate (PEM).",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Plain http, for a registry on this machine." };

    public static Command WithRegistry(this Command command) => command.With(User, PasswordFile, TokenHost, Ca, Insecure);

    /// <summary>Does something with a repository, and says what went wrong in the command's own way.</summary>
    public static async Task UseAsync(this Invocation call, ImageRepository repository, Func<RegistryContent, Task> use)
    {
        try
        {
            using var client = new RegistryClient(Access(call, repository));
            await use(client.Open(repository));
        }
        catch (ImageException e)
        {
            throw ImageFailures.Of(e);
        }
    }

    public static ImageReference Reference(string text)
    {
        try
        {
            return ImageReference.Parse(text);
        }
        catch (FormatException e)
        {
            throw UsageException.Because(e.Message);
        }
    }

    private static RegistryAccess Access(Invocation call, ImageRepository repository)
    {
        var (user, password, insecure) = (call.Value(User), call.Value(PasswordFile), call.Value(Insecure));
        if (user is null != password is null)
        {
            throw UsageException.Because("--user and --password-file are given together.");
        }

        if (insecure && !repository.IsLoopback)
        {
            throw UsageException.Because($"--insecure is for a registry on this machine, and {repository.Host} is another.",
                "Give the registry TLS, and its authority with --ca if it is your own.");
        }

        return new()
        {
            Host = repository.Host,
            Credential = password is null ? null : new NetworkCredential(user, KeyFile.Load(password).TrimEnd('\r', '\n')),
            TokenHost = call.Value(TokenHost),
            Authorities = call.Value(Ca) is { } file ? Authorities(file) : null,
            Insecure = insecure,
            Proxy = repository.IsLoopback ? null : WebRequest.DefaultWebProxy,
        };
    }

    private static FurtherAuthorities Authorities(string file)
    {
        try
        {
            return FurtherAuthorities.FromPemFile(file);
        }
        catch (AuthoritiesException e)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, e.Message, "Give a PEM file with the registry's certificate authority.", e);
        }
    }
}
