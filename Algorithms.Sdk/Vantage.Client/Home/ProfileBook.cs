using System.Text.RegularExpressions;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Home;

/// <summary>
/// Several <see cref="ClientHome"/>s under one base: the base itself is the profile <c>default</c>, the others lie in
/// <c>profiles/NAME/</c>, and the file <c>current</c> names the one in use.
/// </summary>
public sealed partial class ProfileBook
{
    /// <summary>The base itself.</summary>
    public const string Default = "default";

    /// <summary>Names the base; creates nothing.</summary>
    public ProfileBook(string directory) => Directory = Path.GetFullPath(directory);

    /// <summary><c>$VANTAGE_PROFILE</c>; null if it is not set.</summary>
    public static string? Chosen =>
        Environment.GetEnvironmentVariable("VANTAGE_PROFILE") is { Length: > 0 } set ? set : null;

    /// <summary>The base, as a whole path.</summary>
    public string Directory { get; }

    /// <summary>The one in use, whether it is still there or not.</summary>
    public string Current
    {
        get
        {
            try
            {
                return File.ReadAllText(CurrentPath).Trim() is { Length: > 0 } name ? name : Default;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return Default;
            }
        }
    }

    /// <summary>All that there are, <c>default</c> first if somebody has logged in with it.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var named = System.IO.Directory.Exists(Folder)
                ? System.IO.Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)).Where(IsName)
                    .Order(StringComparer.Ordinal)
                : Enumerable.Empty<string>();
            return [.. Home(Default).HasProfile ? named.Prepend(Default) : named];
        }
    }

    private string Folder => Path.Combine(Directory, "profiles");

    private string CurrentPath => Path.Combine(Directory, "current");

    /// <summary>The folder of a profile; it need not be there yet. Throws <see cref="VantageException"/> for what is no name.</summary>
    public ClientHome Home(string name) => name == Default
        ? new ClientHome(Directory)
        : new ClientHome(Path.Combine(Folder, Checked(name)));

    /// <summary>Whether there is such a profile; the default always is.</summary>
    public bool Has(string name) => name == Default || System.IO.Directory.Exists(Home(name).Directory);

    /// <summary>The one in use; throws <see cref="VantageException"/> when it is not there any more.</summary>
    public ClientHome CurrentHome() => Current is var name && Has(name)
        ? Home(name)
        : throw new VantageException(ClientErrorCodes.HomeInvalid,
            $"{CurrentPath} names the profile '{name}', and there is none of that name.",
            "Choose another: vantage profile use NAME (see: vantage profile list).");

    /// <summary>Commands use this one from now on, unless told otherwise.</summary>
    public void Use(string name)
    {
        Existing(name);
        if (name == Default)
        {
            File.Delete(CurrentPath);
            return;
        }

        KeyFile.Save(CurrentPath, name + "\n");
    }

    /// <summary>
    /// Removes a profile with everything in it, keys too. If it was the one in use, <c>default</c> is from now on.
    /// </summary>
    public void Remove(string name)
    {
        if (name == Default)
        {
            throw new VantageException(ClientErrorCodes.RequestInvalid,
                $"The profile '{Default}' is the home {Directory} itself, and is not removed.",
                $"To log out, delete {Home(Default).ProfilePath}.");
        }

        Existing(name);
        if (Current == name)
        {
            Use(Default);
        }

        System.IO.Directory.Delete(Home(name).Directory, recursive: true);
    }

    private void Existing(string name)
    {
        if (!Has(name))
        {
            throw new VantageException(ClientErrorCodes.NothingThere, $"There is no profile '{name}' in {Directory}.",
                Names is { Count: > 0 } names ? $"There are: {string.Join(", ", names)}."
                : "Log in to make one: vantage login --profile NAME --url URL --token-file FILE.");
        }
    }

    private static string Checked(string name) => IsName(name)
        ? name
        : throw new VantageException(ClientErrorCodes.RequestInvalid, $"'{name}' can't be the name of a profile.",
            "Names have 1 to 64 of a-z, 0-9, '-', '_' and '.', and begin with a letter or digit.");

    private static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex NamePattern();
}
