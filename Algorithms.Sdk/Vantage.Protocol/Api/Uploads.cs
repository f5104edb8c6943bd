using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>
/// Body of <c>PUT /api/v1/uploads/{id}</c>: announces ciphertext. Parts of <see cref="PartBytes"/> (the last may be
/// shorter) follow in any order, each idempotent; the upload is whole once every part arrived and the digest matches.
/// </summary>
public sealed record StartUpload(CollaborationId Collaboration, Digest Digest, long Size)
{
    public const int PartBytes = 8 * 1024 * 1024;

    /// <summary>1 TiB.</summary>
    public const long MaxBytes = 1024L * 1024 * 1024 * 1024;

    public const string PartDigestHeader = "Vantage-Part-Digest";
}

/// <param name="Parts">Part numbers that are here already, from 0: what a resumed upload may skip.</param>
/// <param name="Complete">Every part is here and the digest matches.</param>
public sealed record UploadView(UploadId Id, Digest Digest, long Size, int PartBytes, IReadOnlyList<int> Parts,
    bool Complete, DateTimeOffset ExpiresAt);
