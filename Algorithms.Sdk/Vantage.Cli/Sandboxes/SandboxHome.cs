using System.Text.Json;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Cryptography;

namespace Vantage.Cli.Sandboxes;

/// <summary>Where a base home keeps what it knows of its sandbox: <c>sandbox/state.json</c>.</summary>
internal sealed class SandboxHome(ProfileBook profiles)
{
    /// <summary>The name of the sandbox's profile.</summary>
    public const string Profile = "sandbox";

    public ProfileBook Profiles => profiles;

    public string Folder => Path.Combine(profiles.Directory, "sandbox");

    private string StatePath => Path.Combine(Folder, "state.json");

    /// <summary>Null if there is no sandbox.</summary>
    public SandboxState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(StatePath), SandboxStateJson.Default.SandboxState)
                is { V: SandboxState.CurrentVersion } state
                ? state
                : throw new JsonException("It is of another version.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{StatePath} can't be used: {e.Message}",
                "It says which processes and files belong to the sandbox. End them by hand, then delete it.", e);
        }
    }

    public void Write(SandboxState state)
    {
        Directory.CreateDirectory(Folder);
        KeyFile.Save(StatePath, JsonSerializer.Serialize(state, SandboxStateJson.Default.SandboxState) + "\n");
    }

    /// <summary>One command at a time makes or ends a sandbox here. The lock is the open file, so it ends with the process.</summary>
    public FileStream Lock()
    {
        Directory.CreateDirectory(Folder);
        try
        {
            return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new VantageException(SandboxCommands.Exists,
                $"Another command is making or ending the sandbox of {profiles.Directory} right now.",
                "Wait for it to end; see: vantage sandbox status", e);
        }
    }

    /// <summary>Removes what lies here, and the home itself if it was made for the sandbox.</summary>
    public void Clear(bool madeHome)
    {
        Delete(Folder, recursive: true);
        Delete(Path.Combine(profiles.Directory, "profiles"), recursive: false);
        if (madeHome)
        {
            Delete(profiles.Directory, recursive: false);
        }
    }

    /// <summary>Without <paramref name="recursive"/>, only what is empty.</summary>
    private static void Delete(string folder, bool recursive)
    {
        if (Directory.Exists(folder) && (recursive || !Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            Directory.Delete(folder, recursive);
        }
    }
}
