using System.Net;
using System.Net.Http.Headers;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Runs.Delivering;

/// <summary>Sends a sealed file in parts. Asked again after a cut, it goes on with the parts that are missing.</summary>
internal sealed class Uploader(AuthorizedRest rest)
{
    /// <summary>A part on a line of a quarter of a megabit per second.</summary>
    private static readonly TimeSpan PartPatience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Returns how many parts were sent. Throws for whatever cuts it; throws <see cref="UploadGoneException"/> if this
    /// upload id can't be used any more.
    /// </summary>
    /// <param name="progress">Called after each part that arrived.</param>
    public async Task<int> SendAsync(
        UploadId id, CollaborationId collaboration, string path, Digest digest, long size, Action progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var there = await StartAsync(id, new StartUpload(collaboration, digest, size), cancellationToken);
            Failpoint.Pass("upload.started");
            var missing = there.Complete ? [] : Missing(there, size);
            foreach (var part in missing)
            {
                await SendPartAsync(id, path, part, there.PartBytes, size, cancellationToken);
                Failpoint.Pass("upload.part");
                progress();
            }

            Failpoint.Pass("upload.whole");
            return missing.Count;
        }
        catch (CoordinatorRefusal e) when (IsGone(e))
        {
            throw new UploadGoneException(e);
        }
    }

    internal static IReadOnlyList<int> Missing(UploadView there, long size) =>
        [.. Enumerable.Range(0, (int)((size + there.PartBytes - 1) / there.PartBytes)).Except(there.Parts)];

    private Task<UploadView> StartAsync(UploadId id, StartUpload start, CancellationToken cancellationToken) =>
        rest.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, rest.At($"{Routes.Uploads}/{id}"))
            {
                Content = JsonContent.Create(start, ProtocolJson.Default.StartUpload),
            },
            ProtocolJson.Default.UploadView, AuthorizedRest.Usual, cancellationToken);

    private async Task SendPartAsync(
        UploadId id, string path, int part, int partBytes, long size, CancellationToken cancellationToken)
    {
        var (start, length) = ((long)part * partBytes, Math.Min(partBytes, size - ((long)part * partBytes)));
        Digest digest;
        await using (var slice = new FileSlice(path, start, length))
        {
            digest = await Digest.OfAsync(slice, cancellationToken);
        }

        using var answer = await rest.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Put, rest.At($"{Routes.Uploads}/{id}/parts/{part}"))
                {
                    Content = new StreamContent(new FileSlice(path, start, length), 64 * 1024),
                };
                request.Headers.Add(StartUpload.PartDigestHeader, digest.ToString());
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                request.Content.Headers.ContentLength = length;
                return request;
            },
            PartPatience, cancellationToken);
    }

    private static bool IsGone(CoordinatorRefusal e) =>
        e.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Conflict || e.Code == ErrorCodes.UploadClosed;
}

/// <summary>The upload expired or was closed: begin another.</summary>
internal sealed class UploadGoneException(Exception innerException) : Exception("The upload can't be continued.", innerException);
