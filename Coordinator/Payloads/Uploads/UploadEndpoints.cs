using Microsoft.AspNetCore.Mvc;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Uploads;

/// <summary>
/// Ciphertext on its way up, in parts that may come in any order and again. Whoever belongs to a collaboration may upload
/// into it; only the account or node that began an upload goes on with it, and to others it does not exist. Uploading
/// alone makes nothing readable: bytes are reached only through the task or run that refers to them.
/// </summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Routes.Uploads + "/{id}").WithTags("Uploads")
            .NeedsEither(new(Resource.Task, Operation.Create), new(Resource.Run, Operation.Execute));
        uploads.MapPut("", (UploadId id, StartUpload start, Caller caller, UploadHandler handler, CancellationToken ct) =>
            handler.StartAsync(id, start, caller, ct).Ok()).WithName("StartUpload");
        uploads.MapGet("", (UploadId id, Caller caller, UploadHandler handler, CancellationToken ct) =>
            handler.FindAsync(id, caller, ct).Ok()).WithName("ShowUpload");
        uploads.MapPut("/parts/{number:int}", (UploadId id, int number, HttpRequest request, Caller caller, UploadHandler handler, CancellationToken ct) =>
            handler.ReceiveAsync(id, number, request.Headers[StartUpload.PartDigestHeader].ToString(), request.Body, caller, ct).Ok())
            .WithMetadata(new RequestSizeLimitAttribute(StartUpload.PartBytes)).WithName("UploadPart");
    }
}
