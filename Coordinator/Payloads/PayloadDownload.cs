using Microsoft.Net.Http.Headers;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Payloads;

/// <summary>
/// Ciphertext as an answer, whole or one range of it; the digest is the entity tag, so that <c>If-Range</c> resumes a
/// download of exactly these bytes. Disposes the content.
/// </summary>
internal sealed class PayloadDownload(Stream content, Digest digest) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (content)
        {
            var size = content.Length;
            if (httpContext.Request.GetTypedHeaders().Range?.Ranges.Min(range => range.From) is { } from && from >= size)
            {
                httpContext.Response.Headers.ContentRange = $"bytes */{size}";
                await Problems.WriteAsync(httpContext, new Refusal(ErrorCodes.RangeNotSatisfiable,
                    $"The payload has {size} bytes; there is none at {from}."));
                return;
            }

            await Results.Stream(content, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""),
                enableRangeProcessing: true).ExecuteAsync(httpContext);
        }
    }
}
