using System.Net.Mail;

namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>How mail leaves. Without host or folder the Coordinator sends none.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record MailSettings
{
    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "vantage@localhost";

    /// <summary>The SMTP server.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS; letters carry codes. Off only for a server on this machine.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    /// <summary>File with the password for <see cref="User"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>For development: each letter becomes a file here instead.</summary>
    public string? Folder { get; set; }

    public IEnumerable<string> Check()
    {
        if (!MailAddress.TryCreate(From, out _))
            yield return $"accounts.mail.from: '{From}' is no address.";
        if (Host is not null && Folder is not null)
            yield return "accounts.mail: either a host or a folder.";
        if (Port is < 1 or > 65535)
            yield return "accounts.mail.port: between 1 and 65535.";
        if (Host is not null && !Tls && Host is not ("localhost" or "127.0.0.1" or "::1"))
            yield return $"accounts.mail.tls: letters to {Host} would carry codes in clear over the network. Leave it on.";
        if (User is null != PasswordFile is null)
            yield return "accounts.mail: user and passwordFile come together.";
        if (PasswordFile is { } file && !File.Exists(file))
            yield return $"accounts.mail.passwordFile: there is no file {file}.";
        if (Folder is { } folder && !Directory.Exists(folder))
            yield return $"accounts.mail.folder: there is no folder {folder}.";
    }
}
