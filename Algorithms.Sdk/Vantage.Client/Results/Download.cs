using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Results;

/// <summary>
/// Fetches ciphertext into a file in constant memory. What a cut connection, or an earlier process, left of it is kept
/// and gone on with; nothing has the final name before its digest was found to be the one that the node signed.
/// </summary>
internal sealed class Download(RestChannel rest, string path, Digest digest, long size)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>For what fits into memory.</summary>
    public async Task<MemoryStream> ToMemoryAsync(CancellationToken cancellationToken)
    {
        var target = new MemoryStream((int)size);
        await FetchAsync(target, null, cancellationToken);
        target.Position = 0;
        return target;
    }

    /// <summary>Leaves the whole, verified payload in <paramref name="file"/>.</summary>
    public async Task ToFileAsync(string file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            return;
        }

        var part = file + ".part";
        await using (var target = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
            bufferSize: 0, useAsync: true))
        {
            await FetchAsync(target, progress, cancellationToken);
        }

        File.Move(part, file, overwrite: true);
    }

    private async Task FetchAsync(Stream target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var patience = new Patience(rest.Time, rest.GiveUpAfter);
        var distrusted = false;
        while (true)
        {
            using var hash = await HashOfAsync(target, cancellationToken);
            while (target.Length < size)
            {
                var before = target.Length;
                try
                {
                    await ContinueAsync(target, hash, progress, cancellationToken);
                }
                catch (Exception e) when (IsCut(e))
                {
                    if (target.Length > before)
                    {
                        patience.Progress();
                    }

                    if (!await patience.WaitAsync(cancellationToken))
                    {
                        throw GaveUp(target.Length, e);
                    }
                }
            }

            if (target.Length == size && Digest.FromHash(hash.GetHashAndReset()) == digest)
            {
                await target.FlushAsync(cancellationToken);
                return;
            }

            // Perhaps only what lay here before was damaged: fetch it once more from its beginning, then believe it.
            target.SetLength(0);
            if (distrusted)
            {
                throw new VantageException(ClientErrorCodes.ReceiptUntrusted,
                    $"What the Coordinator sends for {path} is not what the node signed for ({digest}).",
                    "Fetch it again later; if it stays so, somebody replaced it: tell the Coordinator's admin.");
            }

            distrusted = true;
        }
    }

    private static async Task<IncrementalHash> HashOfAsync(Stream target, CancellationToken cancellationToken)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        target.Position = 0;
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await target.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return hash;
    }

    private async Task ContinueAsync(Stream target, IncrementalHash hash, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var from = target.Length;
        using var response = await rest.RespondAsync(() => Request(from), cancellationToken);
        if (from > 0 && !Continues(response, from))
        {
            // A proxy or an old Coordinator that does not know ranges sends it all: skip what is here already.
            await using var all = await rest.BodyAsync(response, cancellationToken);
            await SkipAsync(all, from, cancellationToken);
            await CopyAsync(all, target, hash, progress, cancellationToken);
            return;
        }

        await using var body = await rest.BodyAsync(response, cancellationToken);
        await CopyAsync(body, target, hash, progress, cancellationToken);
    }

    private HttpRequestMessage Request(long from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, RestChannel.Relative(path));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        return request;
    }

    private static bool Continues(HttpResponseMessage response, long from) =>
        response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;

    private async Task CopyAsync(Stream body, Stream target, IncrementalHash hash, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (target.Length + read > size)
            {
                throw new VantageException(ClientErrorCodes.ReceiptUntrusted,
                    $"The Coordinator sends more for {path} than the {size} bytes that the node signed for.",
                    "Tell the Coordinator's admin.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            hash.AppendData(buffer, 0, read);
            progress?.Report(target.Length);
        }

        if (target.Length < size)
        {
            throw new IOException($"The answer ended after {target.Length} of {size} bytes.");
        }
    }

    private static async Task SkipAsync(Stream body, long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (bytes > 0)
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancellationToken);
            bytes -= read > 0 ? read : throw new IOException("The answer ended before what is here already.");
        }
    }

    private static bool IsCut(Exception e) =>
        e is IOException or HttpRequestException || (e is VantageException refusal && Patience.IsPassing(refusal));

    private VantageException GaveUp(long got, Exception e) => new(ClientErrorCodes.Unreachable,
        $"{path} broke off again and again; {got} of {size} bytes are here.",
        "The next attempt goes on from there.", e);
}
