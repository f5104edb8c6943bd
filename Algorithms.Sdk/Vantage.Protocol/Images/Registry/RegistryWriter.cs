using System.Net;
using System.Net.Http.Headers;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Registry;

/// <summary>Puts manifests and blobs into a repository. Faults are <see cref="ImageException"/>s.</summary>
public static class RegistryWriter
{
    /// <summary>Uploads a blob unless the registry has it. True if it was uploaded.</summary>
    /// <param name="content">Where to.</param>
    /// <param name="digest">Of its bytes; the registry checks it too.</param>
    /// <param name="size">Of its bytes.</param>
    /// <param name="open">Opens them, once an attempt.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> WriteBlobAsync(
        this RegistryContent content, Digest digest, long size, Func<Stream> open, CancellationToken cancellationToken)
    {
        var client = content.Client;
        using (var there = await client.SendAsync(
            () => new(HttpMethod.Head, new Uri(content.Root, $"blobs/{digest}")), content.Repository, writes: true, cancellationToken))
        {
            if (there.StatusCode != HttpStatusCode.NotFound)
                return false;
        }

        using var begun = await client.SendAsync(
            () => new(HttpMethod.Post, new Uri(content.Root, "blobs/uploads/")) { Content = new ByteArrayContent([]) },
            content.Repository, writes: true, cancellationToken);
        // Where an upload goes on is for the registry to say, but not at another host: the credential goes with it.
        var target = begun.Headers.Location is { } location ? new Uri(content.Root, location) : null;
        if (target is null || !client.Http.IsOwn(target))
        {
            throw new ImageException(ImageFault.ImageRegistryUntrusted,
                $"{client.Host} sends an upload to '{target?.GetLeftPart(UriPartial.Authority)}', where this may not go.");
        }

        var query = $"{(target.Query.Length > 1 ? target.Query[1..] + "&" : "")}digest={Uri.EscapeDataString(digest.ToString())}";
        using var done = await client.SendAsync(
            () => new(HttpMethod.Put, new UriBuilder(target) { Query = query }.Uri) { Content = Bytes(open(), size, "application/octet-stream") },
            content.Repository, writes: true, cancellationToken);
        Require(done, client, $"blob {digest}");
        return true;
    }

    /// <summary>
    /// Puts a manifest under its digest or a tag. True if the registry says that it keeps the list of what refers to its
    /// subject; otherwise that list is the writer's to keep.
    /// </summary>
    public static async Task<bool> WriteManifestAsync(
        this RegistryContent content, string reference, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var done = await content.Client.SendAsync(
            () => new(HttpMethod.Put, new Uri(content.Root, $"manifests/{reference}"))
            {
                Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
            },
            content.Repository, writes: true, cancellationToken);
        Require(done, content.Client, $"manifest {reference}");
        return done.Headers.Contains("OCI-Subject");
    }

    private static StreamContent Bytes(Stream stream, long size, string type) => new(stream)
    {
        Headers = { ContentLength = size, ContentType = new MediaTypeHeaderValue(type) },
    };

    private static void Require(HttpResponseMessage done, RegistryClient client, string what)
    {
        if (done.StatusCode == HttpStatusCode.NotFound)
            throw new ImageException(ImageFault.ImageNotFound, $"{client.Host} has no place for {what} (404).");
    }
}
