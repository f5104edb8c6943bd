using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Receipts;

namespace Vantage.Client.Results;

/// <summary>Why a run has no result, as its node told the recipients alone.</summary>
/// <param name="Code">Stable; one of <see cref="Protocol.Errors.RunCodes"/>.</param>
/// <param name="Rule">The rule of the node's policy that decided.</param>
/// <param name="Message">What went wrong, where, and what to do.</param>
/// <param name="Detail">Stack trace or the like.</param>
public sealed record RunError(string Code, string? Rule, string Message, string? Detail)
{
    internal static RunError Read(OuterReceipt receipt, InnerReceipt? inner, ReadOnlySpan<byte> body)
    {
        var code = receipt.Code ?? "unknown";
        try
        {
            return JsonSerializer.Deserialize(body, AlgorithmsJson.Default.RunFailure) is { } told
                ? new RunError(code, inner?.Policy.Rule, told.Message, told.Detail)
                : new RunError(code, inner?.Policy.Rule, code, null);
        }
        catch (JsonException)
        {
            return new RunError(code, inner?.Policy.Rule, System.Text.Encoding.UTF8.GetString(body), null);
        }
    }
}
