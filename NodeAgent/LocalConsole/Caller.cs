using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>
/// The account of this machine that speaks over the control socket, as the kernel says: nothing of it is the caller's own
/// word. Where somebody took on the node's account (sudo, su), the account they had signed in with comes first, if the machine
/// keeps track of that.
/// </summary>
internal static partial class Caller
{
    private const int SolSocket = 1;
    private const int PeerCredentials = 17;
    private const uint NotSignedIn = uint.MaxValue;

    public static string Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Only the node's own account can have opened the socket.
            return Environment.UserName;
        }

        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, PeerCredentials, credentials);
        var words = MemoryMarshal.Cast<byte, int>(credentials);
        var account = Name((uint)words[1]);
        return SignedIn(words[0]) is { } person && person != account ? $"{person} as {account}" : account;
    }

    private static string? SignedIn(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/loginuid"));
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var user) && user != NotSignedIn ? Name(user) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Name(uint user)
    {
        // Its first field is the name; it is never freed, and the callers are served one at a time.
        var entry = GetAccount(user);
        var name = entry == 0 ? null : Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry));
        return string.IsNullOrEmpty(name) ? string.Create(CultureInfo.InvariantCulture, $"uid {user}") : name;
    }

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    private static partial nint GetAccount(uint user);
}
