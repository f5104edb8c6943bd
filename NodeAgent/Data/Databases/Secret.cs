using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Databases;

/// <summary>
/// A password of a source: in a file that its owner alone may read, or handed over by systemd. Never in node.yaml, which
/// people copy and mail.
/// </summary>
/// <param name="File">Of mode 0600.</param>
/// <param name="Credential">A name under <c>LoadCredential=</c> of the node's unit.</param>
/// <param name="Credentials">Where systemd has put those; null if it gave none.</param>
internal sealed record Secret(string? File, string? Credential, string? Credentials = null)
{
    /// <summary>Where systemd says where.</summary>
    public const string CredentialsVariable = "CREDENTIALS_DIRECTORY";

    /// <summary>Null where there is none to give.</summary>
    public string? Read(string source)
    {
        if (Path(source) is not { } path)
        {
            return null;
        }

        try
        {
            // systemd's own folder is closed to others; its files may be open to a group that is nobody's.
            return (Credential is null ? KeyFile.Load(path) : System.IO.File.ReadAllText(path)).TrimEnd('\r', '\n');
        }
        catch (KeyFileException)
        {
            throw new SourceException(RunCodes.DataUnavailable, $"{source}: the file with its password is not there, or open to others than its owner."
                + " The node's admin sets 'passwordFile', and gives it mode 0600.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(RunCodes.DataUnavailable, $"{source}: its password can't be read ({e.GetType().Name}). The node's admin should check it.");
        }
    }

    private string? Path(string source) => (File, Credential) switch
    {
        (null, null) => null,
        ({ } file, _) => file,
        (null, { } name) => Credentials is { Length: > 0 } folder
            ? System.IO.Path.Combine(folder, System.IO.Path.GetFileName(name))
            : throw new SourceException(RunCodes.DataUnavailable, $"{source}: its password is to come from systemd, and the node was started without"
                + $" credentials. Put 'LoadCredential={System.IO.Path.GetFileName(name)}:FILE' into its unit."),
    };
}
