using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Protocol.Images.Registry;

/// <summary>A repository in a registry.</summary>
public sealed partial class RegistryContent(RegistryClient client, ImageRepository repository) : IImageContent
{
    private const int MaxPages = 50;

    /// <inheritdoc/>
    public ImageRepository Repository => repository;

    internal RegistryClient Client => client;

    internal Uri Root { get; } = new(client.Http.Base, $"v2/{repository.Path}/");

    /// <inheritdoc/>
    public async Task<StoredManifest?> FindManifestAsync(string reference, CancellationToken cancellationToken) =>
        (await ReadAsync(new Uri(Root, $"manifests/{reference}"), OciMedia.Manifests, cancellationToken)).Manifest;

    /// <inheritdoc/>
    public async Task<Stream?> OpenBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(client.Access.Patience);
        HttpResponseMessage? response = null;
        try
        {
            response = await client.SendAsync(
                () => Get(new Uri(Root, $"blobs/{digest}"), ["application/octet-stream"]), repository, writes: false, patience.Token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            var opened = new RegistryBlob(response, await response.Content.ReadAsStreamAsync(patience.Token), patience, client.Http, cancellationToken);
            (response, patience) = (null, null);
            return opened;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw client.Http.TooSlow();
        }
        finally
        {
            response?.Dispose();
            patience?.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Descriptor>> ReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        var page = new Uri(Root, $"referrers/{subject}?artifactType={Uri.EscapeDataString(OciMedia.Bundle)}");
        for (var pages = 1; ; pages++)
        {
            var (list, next) = await ReadAsync(page, [OciMedia.Index], cancellationToken);
            if (list is null && pages == 1)
                return await TaggedReferrersAsync(subject, cancellationToken);
            found.AddRange(Entries(list));
            if (next is null)
                return found;
            if (pages == MaxPages || !client.Http.IsOwn(next))
            {
                throw new ImageException(pages == MaxPages ? ImageFault.ImageTooLarge : ImageFault.ImageRegistryUntrusted,
                    $"The list of what refers to {subject} has more than {MaxPages} pages, or goes on at another host.");
            }

            page = next;
        }
    }

    /// <summary>Registries before version 1.1 of the specification keep the list under a tag.</summary>
    private async Task<IReadOnlyList<Descriptor>> TaggedReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        await FindManifestAsync(SignatureArtefacts.ReferrersTagOf(subject), cancellationToken) is { } tagged ? Entries(tagged) : [];

    private static IReadOnlyList<Descriptor> Entries(StoredManifest? list) =>
        list is not null && ImageManifest.Read(list.Bytes, list.MediaType) is ImageManifest.Several several
            ? several.Manifests
            : throw new ImageException(ImageFault.ImageMalformed, "The list of what refers to the image is no index.");

    private async Task<(StoredManifest? Manifest, Uri? Next)> ReadAsync(
        Uri address, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(client.Access.Patience);
        try
        {
            using var response = await client.SendAsync(() => Get(address, types), repository, writes: false, patience.Token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return (null, null);
            var bytes = await BoundedBody.ReadAsync(response, ImageManifest.MaxBytes, client.Http, "a manifest", patience.Token);
            return (new(response.Content.Headers.ContentType?.MediaType, bytes), Next(response, address));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw client.Http.TooSlow();
        }
    }

    private static Uri? Next(HttpResponseMessage response, Uri page) =>
        response.Headers.TryGetValues("Link", out var links) && links.Select(link => NextLink().Match(link)).FirstOrDefault(m => m.Success) is { } next
            && Uri.TryCreate(page, next.Groups["page"].Value, out var address)
            ? address
            : null;

    private static HttpRequestMessage Get(Uri address, IReadOnlyList<string> types)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var type in types)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    [GeneratedRegex("<(?<page>[^>]{1,2048})>\\s*;\\s*rel=\"?next\"?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NextLink();
}
