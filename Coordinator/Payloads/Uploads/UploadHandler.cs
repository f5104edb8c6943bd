using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Uploads;

/// <summary>
/// Begins, continues and completes uploads. Bytes are on disk before a part is recorded, and a recorded part is never
/// written again: a repeated request is answered from the record.
/// </summary>
internal sealed class UploadHandler(Database database, IBlobStore store, PayloadSettings settings)
{
    public async Task<Answer<UploadView>> StartAsync(UploadId id, StartUpload start, Caller caller, CancellationToken cancellationToken)
    {
        if (start.Size is < 1 or > StartUpload.MaxBytes)
            return Refusal.Invalid(("size", $"between 1 and {StartUpload.MaxBytes} bytes."));
        if (UploadAccess.Judge(caller, start.Collaboration) is { } no)
            return no;
        var (uploader, owner) = UploadAccess.Identify(caller);
        await using var work = await database.BeginAsync(caller.Within(TenantScope.Of(start.Collaboration)), cancellationToken);
        if (await UploadRows.LockAsync(work, id, cancellationToken) is not { } upload)
        {
            try
            {
                if (!await UploadRows.InsertAsync(work, id, start, uploader, owner, settings, cancellationToken))
                    return OverQuota(start);
            }
            catch (PostgresException e) when (e.IsDuplicate("upload_pkey"))
            {
                // Another tenant's, which row-level security did not show.
                return Refusal.NotFound("such upload");
            }

            upload = (await UploadRows.LockAsync(work, id, cancellationToken))!;
        }
        else if (upload.Uploader != uploader)
        {
            return Refusal.NotFound("such upload");
        }
        else if (upload.Digest != start.Digest || upload.Size != start.Size || upload.Collaboration != start.Collaboration)
        {
            return new Refusal(ErrorCodes.Conflict, $"The upload {id} was announced with another digest, size or collaboration. Mint a new id.");
        }

        if (!upload.Completed && await store.OpenAsync(upload.Key, cancellationToken) is { } there)
        {
            // The very bytes are here already: nothing to send.
            await there.DisposeAsync();
            return await FinishAsync(work, upload, owner, cancellationToken);
        }

        if (upload.IsWhole)
            return await FinishAsync(work, upload, owner, cancellationToken);
        await work.CommitAsync(cancellationToken);
        Failpoint.Pass("upload.stored");
        return upload.View();
    }

    public async Task<Answer<UploadView>> FindAsync(UploadId id, Caller caller, CancellationToken cancellationToken)
    {
        return await OwnAsync(id, caller, cancellationToken) is { } upload ? upload.View() : Refusal.NotFound(id);
    }

    public async Task<Answer<UploadView>> ReceiveAsync(UploadId id, int number, string digest, Stream body, Caller caller,
        CancellationToken cancellationToken)
    {
        if (!Digest.TryParse(digest, null, out var announced))
            return Refusal.Invalid((StartUpload.PartDigestHeader, "the part's digest, 'sha256:' and 64 lower-case hexadecimal digits."));
        if (await OwnAsync(id, caller, cancellationToken) is not { } upload)
            return Refusal.NotFound(id);
        if (upload.Completed)
            return upload.View();
        if (number < 0 || number >= upload.PartCount)
            return Refusal.Invalid(("number", $"parts are numbered 0 to {upload.PartCount - 1} here."));
        if (!upload.Parts.Contains((number, announced)))
        {
            if (upload.Parts.Any(part => part.Number == number))
                return new Refusal(ErrorCodes.Conflict, $"Part {number} is here with another digest. Mint a new upload id for other content.");
            var written = await store.WritePartAsync(id, UploadRow.Offset(number), upload.LengthOf(number), announced, body, cancellationToken);
            if (written != announced)
            {
                return new Refusal(ErrorCodes.PayloadDigestMismatch, written is null
                    ? $"Part {number} has {upload.LengthOf(number)} bytes; another number arrived. Send it again."
                    : $"Part {number} arrived with another digest than announced: it was damaged on the way. Send it again.");
            }
        }

        return await RecordAsync(upload, number, announced, caller, cancellationToken);
    }

    private async Task<Answer<UploadView>> RecordAsync(UploadRow seen, int number, Digest digest, Caller caller, CancellationToken cancellationToken)
    {
        var owner = UploadAccess.Identify(caller).Owner;
        var upload = await UploadRows.AddPartAsync(database, seen, number, digest, owner, settings.UploadRest, cancellationToken);
        if (upload is null)
            return Refusal.NotFound(seen.Id);
        if (!upload.Completed)
            Failpoint.Pass("part.stored");
        if (!upload.IsWhole)
            return upload.View();
        await using var work = await database.BeginAsync(TenantScope.Of(seen.Collaboration), cancellationToken);
        return await UploadRows.LockAsync(work, seen.Id, cancellationToken) is not { } whole ? Refusal.NotFound(seen.Id)
            : whole.IsWhole ? await FinishAsync(work, whole, owner, cancellationToken)
            : whole.View();
    }

    /// <summary>The blob's row first, then its bytes, then the commit: see <see cref="UploadRows.InsertBlobAsync"/>.</summary>
    private async Task<Answer<UploadView>> FinishAsync(UnitOfWork work, UploadRow upload, OrganizationId owner, CancellationToken cancellationToken)
    {
        await UploadRows.InsertBlobAsync(work, upload, owner, cancellationToken);
        if (!await store.CompleteAsync(upload.Id, upload.Key, upload.Size, cancellationToken))
        {
            await work.DisposeAsync();
            await using var again = await database.BeginAsync(TenantScope.Of(upload.Collaboration), cancellationToken);
            await UploadRows.ForgetPartsAsync(again, upload.Id, cancellationToken);
            await again.CommitAsync(cancellationToken);
            return new Refusal(ErrorCodes.PayloadDigestMismatch,
                "Every part arrived as announced, but together they have another digest than the upload. All parts have to be sent again.");
        }

        Failpoint.Pass("blob.stored");
        await UploadRows.CompleteAsync(work, upload.Id, cancellationToken);
        await work.CommitAsync(cancellationToken);
        Failpoint.Pass("upload.completed");
        return (upload with { Completed = true }).View();
    }

    private async Task<UploadRow?> OwnAsync(UploadId id, Caller caller, CancellationToken cancellationToken) =>
        await UploadRows.FindAsync(database, TenantScope.Of(caller.Collaborations), id, cancellationToken) is { } upload && upload.Uploader == UploadAccess.Identify(caller).Uploader
            ? upload
            : null;

    private Refusal OverQuota(StartUpload start) => new(ErrorCodes.QuotaExceeded,
        $"The collaboration may keep {settings.QuotaBytes} bytes of sealed content, and {start.Size} more do not fit. "
        + "Ask an admin of the Coordinator for more (payloads.quotaBytes), or wait until older results have passed their retention.");
}
