using System.Text.Json;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Home;

/// <summary>
/// The folder of one person at one Coordinator: <c>profile.json</c>, <c>keys/</c>, <c>pins.jws</c> and
/// <c>catalogue.jws</c>. It and its keys are readable by their owner alone.
/// </summary>
public sealed partial class ClientHome
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Names the folder; creates nothing.</summary>
    public ClientHome(string directory) => Directory = Path.GetFullPath(directory);

    /// <summary><c>$VANTAGE_HOME</c>, else <c>~/.vantage</c>.</summary>
    public static string DefaultDirectory =>
        Environment.GetEnvironmentVariable("VANTAGE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vantage");

    /// <summary>Its full path.</summary>
    public string Directory { get; }

    /// <summary>Which Coordinator, with which token: readable by its owner alone.</summary>
    public string ProfilePath => Path.Combine(Directory, "profile.json");

    /// <summary>Whether <see cref="ProfilePath"/> is there.</summary>
    public bool HasProfile => File.Exists(ProfilePath);

    /// <summary>Throws <see cref="VantageException"/> when nobody has logged in yet or the file is damaged.</summary>
    public Profile ReadProfile()
    {
        if (!HasProfile)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"Nobody has logged in with the home {Directory}.",
                "Log in with: vantage login --url URL --token-file FILE (or name another home with --home).");
        }

        try
        {
            return JsonSerializer.Deserialize(KeyFile.Load(ProfilePath), ProfileJson.Default.Profile)
                ?? throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is JsonException or KeyFileException or IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{ProfilePath} can't be used: {e.Message}",
                "Log in again with: vantage login --url URL --token-file FILE.", e);
        }
    }

    /// <summary>Replaces the profile at once, readable by its owner alone.</summary>
    public void WriteProfile(Profile profile) =>
        Write(ProfilePath, JsonSerializer.Serialize(profile, ProfileJson.Default.Profile) + "\n");

    /// <summary>
    /// Where ciphertext on its way down lies. Named by its digest, so that a later attempt finds what an earlier one
    /// left.
    /// </summary>
    internal string DownloadPath(Digest digest)
    {
        var folder = Path.Combine(Directory, "downloads");
        Create(Directory);
        Create(folder);
        return Path.Combine(folder, digest.ToHex());
    }

    /// <summary>Writes a file whole or not at all, readable by its owner alone.</summary>
    private void Write(string path, string text)
    {
        try
        {
            Create(Directory);
            Create(Path.GetDirectoryName(path)!);
            KeyFile.Save(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{path} can't be written: {e.Message}",
                "Name a home that you may write to with --home.", e);
        }
    }

    private static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(directory, OwnerOnly);
        }
    }
}
