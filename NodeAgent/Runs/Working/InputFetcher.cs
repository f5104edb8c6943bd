using System.Net;
using System.Text.Json;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>Gets the sealed arguments, inline or from the Coordinator, and opens them with this node's key.</summary>
internal sealed partial class InputFetcher(AuthorizedRest rest, SelfHolder holder, LinkRetry retry, ILogger<InputFetcher> logger)
{
    /// <summary>Arguments are parameters, not data: larger ones are a mistake.</summary>
    public const long MaxSealedSize = 32 * 1024 * 1024;

    /// <summary>Tries until it has the arguments. Throws <see cref="InputException"/> for what no further try mends.</summary>
    public async Task<byte[]> FetchAsync(ClaimedRun claim, ManifestVerdict.Verified verified, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await TryAsync(claim, verified, cancellationToken);
            }
            catch (Exception e) when (e is not InputException && !cancellationToken.IsCancellationRequested)
            {
                var fault = retry.Explain(e);
                LogLater(claim.Run, fault.Message);
                await retry.WaitAsync(fault, failures, cancellationToken);
            }
        }
    }

    private async Task<byte[]> TryAsync(ClaimedRun claim, ManifestVerdict.Verified verified, CancellationToken cancellationToken)
    {
        var signed = verified.Target.Input;
        if (signed.Size > MaxSealedSize)
        {
            throw new InputException(RunCodes.InputUnreadable,
                $"The sealed arguments have {signed.Size} bytes; this node takes at most {MaxSealedSize}. Give data as a dataset instead.");
        }

        var isInline = claim.Input is { } inline && inline.Length == signed.Size && Digest.Of(inline) == signed.Digest;
        var envelope = isInline ? claim.Input! : await DownloadAsync(claim, signed.Size, cancellationToken);
        if (envelope.Length != signed.Size || Digest.Of(envelope) != signed.Digest)
        {
            throw new InputException(RunCodes.InputUnreadable,
                "The Coordinator does not have the arguments that the manifest was signed for. Send the task anew; if this happens again, "
                + "somebody changes them there.");
        }

        return Open(envelope, verified);
    }

    private async Task<byte[]> DownloadAsync(ClaimedRun claim, long size, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await rest.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, rest.At($"{Routes.Runs}/{claim.Run}/payloads/input")),
                AuthorizedRest.Usual, cancellationToken);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[size];
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return read == buffer.Length && await content.ReadAsync(new byte[1], cancellationToken) == 0 ? buffer : [];
        }
        catch (CoordinatorRefusal e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            throw new InputException(RunCodes.InputUnreadable, $"The Coordinator no longer has the arguments ({e.Code}). Send the task anew.");
        }
    }

    private byte[] Open(byte[] envelope, ManifestVerdict.Verified verified)
    {
        var context = new EnvelopeContext(
            verified.Manifest.Collaboration, verified.Manifest.Task, verified.Target.Run, PayloadKind.Input);
        try
        {
            var key = holder.Self.Opener(verified.Target.EncryptionKey) ?? throw new EnvelopeException(EnvelopeFault.NotARecipient);
            var arguments = Envelope.Open(envelope, context, key);
            using var json = JsonDocument.Parse(arguments);
            return arguments;
        }
        catch (EnvelopeException e)
        {
            throw new InputException(RunCodes.InputUnreadable, $"The arguments do not open at this node. {e.Message}");
        }
        catch (JsonException e)
        {
            throw new InputException(RunCodes.ArgumentsInvalid, $"The arguments are not one JSON value: {e.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The arguments of {Run} could not be fetched yet: {Why}")]
    private partial void LogLater(RunId run, string why);
}

/// <summary>The arguments can't be had or read, and trying again changes nothing.</summary>
internal sealed class InputException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="RunCodes"/>.</summary>
    public string Code { get; } = code;
}
