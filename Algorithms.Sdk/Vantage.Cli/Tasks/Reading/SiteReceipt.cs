using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// The part of a site's receipt that only recipients can read. It was verified against the signed part, and the result
/// against it, before anything of it is shown.
/// </summary>
internal static class SiteReceipt
{
    public static async Task<int> ShowAsync(Invocation call, TaskId id, string site, CancellationToken cancellationToken)
    {
        var (task, run) = await SiteResult.FindAsync(call, id, site, cancellationToken);
        await using var payload = await call.Client.OpenResultAsync(task, run.Id, null, cancellationToken);
        // That the receipt belongs to all of the result is known at the result's end.
        await payload.Body.CopyToAsync(Stream.Null, cancellationToken);
        var inner = JsonSerializer.SerializeToElement(payload.Inner ?? throw new VantageException(ClientErrorCodes.NothingThere,
            $"{run.Id} gave nothing that a receipt speaks of."), SignedJson.Default.InnerReceipt);
        call.Output.Result(inner, CliJson.Default.JsonElement, $"{task.Id}", text => text.WriteLine(JsonText.IndentedOf(inner)));
        return ExitCodes.Ok;
    }
}
