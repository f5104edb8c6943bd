using System.Diagnostics;

namespace Vantage.Tests.Images;

/// <summary>Keys and signatures by another program.</summary>
internal static class OpenSsl
{
    /// <summary>A P-256 private key, and beside it <c>.pub</c>.</summary>
    public static async Task<string> KeyAsync(string path)
    {
        await RunAsync("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path);
        await RunAsync("ec", "-in", path, "-pubout", "-out", path + ".pub");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>ECDSA with SHA-256, in DER.</summary>
    public static async Task<byte[]> SignAsync(string key, byte[] bytes)
    {
        using var files = new Files(bytes);
        await RunAsync("dgst", "-sha256", "-sign", key, "-out", files.Signature, files.Content);
        return await File.ReadAllBytesAsync(files.Signature);
    }

    public static async Task<bool> VerifyAsync(string publicKey, byte[] bytes, byte[] signature)
    {
        using var files = new Files(bytes);
        await File.WriteAllBytesAsync(files.Signature, signature);
        return await CodeAsync("dgst", "-sha256", "-verify", publicKey, "-signature", files.Signature, files.Content) == 0;
    }

    public static async Task RunAsync(params string[] arguments) => Assert.Equal(0, await CodeAsync(arguments));

    private static async Task<int> CodeAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private sealed class Files : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-openssl-");

        public Files(byte[] content) => File.WriteAllBytes(Content, content);

        public string Content => Path.Combine(folder.FullName, "content");

        public string Signature => Path.Combine(folder.FullName, "signature");

        public void Dispose() => folder.Delete(recursive: true);
    }
}
