namespace Vantage.Protocol.Images.Registry;

/// <summary>Reads an answer that has no business being large.</summary>
internal static class BoundedBody
{
    public static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, int max, RegistryHttp http, string what, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > max)
            throw TooLarge(what, max);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var read = new MemoryStream();
            var piece = new byte[16 * 1024];
            while (await body.ReadAsync(piece, cancellationToken) is var length and > 0)
            {
                if (read.Length + length > max)
                    throw TooLarge(what, max);
                read.Write(piece, 0, length);
            }

            return read.ToArray();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw http.Broken(e);
        }
    }

    private static ImageException TooLarge(string what, int max) =>
        new(ImageFault.ImageTooLarge, $"The registry's answer for {what} is larger than {max / 1024} KiB.");
}
