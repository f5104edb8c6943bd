namespace Vantage.NodeAgent.LocalConsole;

/// <summary>Reads one line, no longer than it may be.</summary>
internal static class ControlLine
{
    public static async Task<byte[]> ReadAsync(Stream stream, int longest, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var buffer = new byte[4096];
        while (line.Length <= longest)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            line.Write(buffer, 0, read);
            if (read == 0 || buffer[read - 1] == '\n')
            {
                return line.ToArray();
            }
        }

        throw new IOException("The line is too long.");
    }
}
