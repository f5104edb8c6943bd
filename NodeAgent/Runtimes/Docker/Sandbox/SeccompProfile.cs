using System.Text;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// The system calls that an algorithm may make: <c>seccomp.json</c>, less than the engine's default allows. What is not in
/// it fails with EPERM.
/// </summary>
internal static class SeccompProfile
{
    private static readonly byte[] Bytes = Load();

    /// <summary>As the engine takes it.</summary>
    public static string Json { get; } = Encoding.UTF8.GetString(Bytes);

    public static Digest Digest { get; } = Digest.Of(Bytes);

    private static byte[] Load()
    {
        using var resource = typeof(SeccompProfile).Assembly.GetManifestResourceStream("seccomp.json")
            ?? throw new InvalidOperationException("The program was built without its seccomp profile.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
