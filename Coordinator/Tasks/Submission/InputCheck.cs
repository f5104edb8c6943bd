using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>Whether every input that a manifest signs is here, sealed, and to the node that it is for.</summary>
internal sealed class InputCheck(IBlobStore blobs)
{
    private sealed record Needed(string Member, PayloadRef Ref, KeyId Key);

    /// <summary>The small inputs by digest.</summary>
    public async Task<Answer<Dictionary<Digest, byte[]>>> CheckAsync(
        TaskManifest manifest, IReadOnlyList<InlinePayload> inline, CancellationToken cancellationToken)
    {
        var needed = manifest.Targets.SelectMany((target, i) => target.Alternates
            .Select((alternate, j) => new Needed($"targets[{i}].alternates[{j}].input", alternate.Input, alternate.EncryptionKey))
            .Prepend(new Needed($"targets[{i}].input", target.Input, target.EncryptionKey))).ToList();
        var here = inline.DistinctBy(payload => payload.Digest).ToDictionary(payload => payload.Digest, payload => payload.Bytes);
        if (inline.Count != here.Count || here.Keys.Except(needed.Select(input => input.Ref.Digest)).Any())
        {
            return Refusal.Invalid(("inputs", "each once, and only such as the manifest signs"));
        }

        var missing = new List<Digest>();
        foreach (var input in needed)
        {
            var bytes = here.GetValueOrDefault(input.Ref.Digest);
            if (bytes is not null && SealedBytes.Check(bytes, input.Ref.Digest, input.Ref.Size) is { } wrong)
            {
                return new Refusal(ErrorCodes.PayloadDigestMismatch, $"{input.Member} {wrong}.");
            }

            var keys = bytes is not null
                ? SealedBytes.Recipients(bytes)
                : await SealedBytes.RecipientsAsync(blobs, KeyOf(manifest.Collaboration, input), cancellationToken);
            if (keys is null or { Count: > 0 } && (keys is not [var key] || key != input.Key))
            {
                return new Refusal(ErrorCodes.InvalidInput, keys is null
                    ? $"{input.Member} is not an envelope; only sealed content is taken."
                    : $"{input.Member} is sealed to {string.Join(", ", keys)}, not to the node's key {input.Key} alone.");
            }

            if (keys.Count == 0)
            {
                missing.Add(input.Ref.Digest);
            }
        }

        return missing.Count == 0 ? here : Missing(missing);
    }

    public static Refusal Missing(IReadOnlyCollection<Digest> digests) => new(ErrorCodes.PayloadMissing,
        $"Inputs that the manifest signs are neither in the request nor uploaded: {string.Join(", ", digests.Take(10))}"
        + $"{(digests.Count > 10 ? $" and {digests.Count - 10} more" : "")}. Upload them (PUT {Routes.Uploads}/{{id}}), then submit again.");

    private static BlobKey KeyOf(CollaborationId collaboration, Needed input) => new(collaboration, input.Ref.Digest);
}
