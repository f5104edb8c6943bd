using System.Net.Http.Headers;
using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Uploads;

/// <summary>
/// Sends ciphertext that is too large to travel inside a request, in parts. Every step may be repeated: after a cut
/// only the parts that are not there yet are sent.
/// </summary>
internal sealed class Uploader(RestChannel rest)
{
    public async Task UploadAsync(CollaborationId collaboration, Digest digest, ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        var id = UploadId.New(rest.Time);
        var path = $"{Routes.Uploads}/{id}";
        var patience = new Patience(rest.Time, rest.GiveUpAfter);
        UploadView view;
        do
        {
            view = await patience.KeepTryingAsync(() =>
                rest.PutAsync(path, new StartUpload(collaboration, digest, bytes.Length),
                ProtocolJson.Default.StartUpload, ProtocolJson.Default.UploadView, cancellationToken),
                cancellationToken);
            var size = view.PartBytes;
            for (var part = 0; (long)part * size < bytes.Length; part++)
            {
                if (!view.Parts.Contains(part))
                {
                    var slice = bytes.Slice(part * size, Math.Min(size, bytes.Length - (part * size)));
                    view = await patience.KeepTryingAsync(() =>
                        PutPartAsync(path, part, slice, cancellationToken), cancellationToken);
                    patience.Progress();
                }
            }
        }
        while (!view.Complete);
    }

    private async Task<UploadView> PutPartAsync(string path, int part, ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bytes.Span).ToString();
        return await rest.ExchangeAsync(() =>
        {
            var content = new ReadOnlyMemoryContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            var message = new HttpRequestMessage(HttpMethod.Put,
                RestChannel.Relative($"{path}/parts/{part}"))
            { Content = content };
            message.Headers.Add(StartUpload.PartDigestHeader, digest);
            return message;
        }, ProtocolJson.Default.UploadView, cancellationToken);
    }
}
