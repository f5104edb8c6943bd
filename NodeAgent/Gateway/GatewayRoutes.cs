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

    public static void MapGatewayRoutes(this WebApplication app, CallLine line)
    {
        app.MapPost(Routes.Progress, Of(line, ProgressAsync));
        app.MapPost(Routes.Log, Of(line, LogAsync));
        app.MapPost(Routes.Error, Of(line, ErrorAsync));
        app.MapPut(Routes.OutputPrefix + "{name}", Of(line, OutputAsync));
        app.MapSubtaskRoutes(line);
        app.MapGet(Routes.Next, Answer(http => NextAsync(http, line)));
        app.Map(Routes.PeerPrefix + "{**run}", Answer(GatewayAnswers.NotYet("streams between runs")));
    }

    /// <summary>About the call that is open. What comes when none is, is nobody's.</summary>
    public static RequestDelegate Of(CallLine line, Func<HttpContext, GatewayCalls, Task<IResult>> handle) =>
        Answer(http => line.Take() is { } calls
            ? handle(http, calls)
            : Task.FromResult<IResult>(GatewayAnswers.Conflict("No call is open: ask for the next one first.")));

    /// <summary>Plain delegates: the framework's binding would compile code for every route of every run.</summary>
    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> handle) =>
        async http => await (await handle(http)).ExecuteAsync(http);

    private static RequestDelegate Answer(IResult always) => always.ExecuteAsync;

    private static async Task<IResult> NextAsync(HttpContext http, CallLine line) => await line.NextAsync(http.RequestAborted) switch
    {
        NextCall.Given given => TypedResults.Json(given.Call, AlgorithmsJson.Default.WarmCall),
        NextCall.NoMore => GatewayAnswers.Gone("There are no further calls."),
        NextCall.AskedAlready => GatewayAnswers.Conflict("This program waits for a call already, and does one at a time."),
        var other => throw new InvalidOperationException($"No answer for {other}."),
    };

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
