using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Vantage.Protocol.Algorithms;
using Routes = Vantage.Protocol.Algorithms.Gateway;

namespace Vantage.NodeAgent.Gateway;

/// <summary>The routes of the algorithm contract. There is no authentication: the socket is the run's alone.</summary>
internal static class GatewayRoutes
{
    /// <summary>Of everything but outputs, which have a cap of their own.</summary>
    public const int MaxBody = 1024 * 1024;

    public static void MapGatewayRoutes(this WebApplication app, GatewayCalls calls)
    {
        app.MapPost(Routes.Progress, Answer(http => ProgressAsync(http, calls)));
        app.MapPost(Routes.Log, Answer(http => LogAsync(http, calls)));
        app.MapPost(Routes.Error, Answer(http => ErrorAsync(http, calls)));
        app.MapPut(Routes.OutputPrefix + "{name}", Answer(http => OutputAsync(http, calls)));
        app.MapSubtaskRoutes(calls);
        app.MapGet(Routes.Next, Answer(GatewayAnswers.NotYet("further calls of a warm worker")));
        app.Map(Routes.PeerPrefix + "{**run}", Answer(GatewayAnswers.NotYet("streams between runs")));
    }

    /// <summary>Plain delegates: the framework's binding would compile code for every route of every run.</summary>
    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> handle) =>
        async http => await (await handle(http)).ExecuteAsync(http);

    private static RequestDelegate Answer(IResult always) => always.ExecuteAsync;

    private static async Task<IResult> ProgressAsync(HttpContext http, GatewayCalls calls)
    {
        if (await ReadAsync(http, AlgorithmsJson.Default.ProgressReport) is not { Percent: >= 0 and <= 100 } report)
        {
            return GatewayAnswers.BadRequest("Progress is {\"percent\": 0 to 100}.");
        }

        calls.Progress(report.Percent);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LogAsync(HttpContext http, GatewayCalls calls)
    {
        var whole = true;
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            foreach (var part in read.Buffer)
            {
                whole &= calls.Log.Append(part.Span);
            }

            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return whole ? TypedResults.NoContent() : GatewayAnswers.TooLarge("The run's log is full; the rest was dropped.");
            }
        }
    }

    private static async Task<IResult> ErrorAsync(HttpContext http, GatewayCalls calls)
    {
        if (await ReadAsync(http, AlgorithmsJson.Default.RunFailure) is not { } failure)
        {
            return GatewayAnswers.BadRequest("An error is {\"code\": …, \"message\": …}, with function, type and detail if there are any.");
        }

        return calls.Fail(failure) ? TypedResults.NoContent() : GatewayAnswers.Conflict("This run told its error already.");
    }

    private static async Task<IResult> OutputAsync(HttpContext http, GatewayCalls calls)
    {
        var name = (string?)http.GetRouteValue("name");
        if (!Routes.IsOutputName(name))
        {
            return GatewayAnswers.BadRequest($"An output's name is 1 to {Routes.MaxOutputNameLength} of a-z, 0-9, '-', '_' and '.'.");
        }

        if (name is not Routes.ResultName)
        {
            return GatewayAnswers.NotYet($"outputs besides '{Routes.ResultName}'");
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return await calls.Output.StoreAsync(Routes.ResultName, http.Request.Body, http.Request.ContentLength, http.RequestAborted)
            ? TypedResults.NoContent()
            : GatewayAnswers.TooLarge("The run's outputs exceed their cap. It stands in run.json under limits.outputBytes.");
    }

    private static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
