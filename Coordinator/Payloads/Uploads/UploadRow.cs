using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Uploads;

/// <summary>An upload as the database has it.</summary>
internal sealed record UploadRow(UploadId Id, CollaborationId Collaboration, Guid Uploader, Digest Digest, long Size,
    DateTimeOffset ExpiresAt, bool Completed, IReadOnlyList<(int Number, Digest Digest)> Parts)
{
    public BlobKey Key => new(Collaboration, Digest);

    public int PartCount => (int)((Size + StartUpload.PartBytes - 1) / StartUpload.PartBytes);

    /// <summary>Everything arrived, though perhaps nobody lived to say so.</summary>
    public bool IsWhole => !Completed && Parts.Count == PartCount;

    public static long Offset(int number) => (long)number * StartUpload.PartBytes;

    public long LengthOf(int number) => Math.Min(StartUpload.PartBytes, Size - Offset(number));

    public UploadView View() => new(Id, Digest, Size, StartUpload.PartBytes,
        Completed ? [.. Enumerable.Range(0, PartCount)] : [.. Parts.Select(part => part.Number)], Completed, ExpiresAt);
}
