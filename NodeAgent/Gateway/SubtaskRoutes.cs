using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Routes = Vantage.Protocol.Algorithms.Gateway;

namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// How a central function asks other nodes. Open to runs whose task has a delegation; all others are told that they may
/// not, whatever they ask.
/// </summary>
internal static class SubtaskRoutes
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void MapSubtaskRoutes(this WebApplication app, CallLine line)
    {
        app.MapPost(Routes.Subtasks, With(line, AskAsync));
        app.MapGet(Routes.SubtaskPrefix + "{task}", With(line, StateAsync));
        app.MapGet(Routes.SubtaskPrefix + "{task}/{site}", With(line, ResultAsync));
    }

    private static RequestDelegate With(CallLine line, Func<HttpContext, ISubtasks, Task<IResult>> handle) =>
        GatewayRoutes.Of(line, async (http, calls) => calls.Subtasks is { } desk
            ? await handle(http, desk)
            : GatewayAnswers.Forbidden(ErrorCodes.DelegationMissing,
                "Only a central function may ask other nodes, and only where its task delegates: 'vantage task run --central-at'."));

    private static async Task<IResult> AskAsync(HttpContext http, ISubtasks desk)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Routes.MaxSubtaskBytes;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            if (body.Deserialize(AlgorithmsJson.Default.SubtaskRequest) is not { } ask)
            {
                return Malformed;
            }

            var arguments = JsonSerializer.SerializeToUtf8Bytes(ask.Arguments, AlgorithmsJson.Default.JsonElement);
            var task = await desk.AskAsync(ask.Function, arguments, http.RequestAborted);
            return TypedResults.Json(new SubtaskAsked(task), AlgorithmsJson.Default.SubtaskAsked, statusCode: StatusCodes.Status201Created);
        }
        catch (JsonException)
        {
            return Malformed;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return GatewayAnswers.TooLarge($"A subtask's arguments may have {Routes.MaxSubtaskBytes} bytes. They are parameters; give data as datasets.");
        }
        catch (SubtaskRefusal e)
        {
            return GatewayAnswers.Forbidden(e.Code, e.Message);
        }
    }

    private static async Task<IResult> StateAsync(HttpContext http, ISubtasks desk)
    {
        if (Find(http, desk) is not { } work)
        {
            return GatewayAnswers.NotFound("This run asked no such subtask.");
        }

        try
        {
            var state = await work.StateAsync(Routes.LongestWait, desk.Time, http.RequestAborted);
            return TypedResults.Json(state, AlgorithmsJson.Default.SubtaskState);
        }
        catch (SubtaskRefusal e)
        {
            return GatewayAnswers.Forbidden(e.Code, e.Message);
        }
    }

    private static async Task<IResult> ResultAsync(HttpContext http, ISubtasks desk) =>
        Find(http, desk) is { Answers.IsCompletedSuccessfully: true } work
            && int.TryParse((string?)http.GetRouteValue("site"), NumberStyles.None, CultureInfo.InvariantCulture, out var site)
            && (await work.Answers).ElementAtOrDefault(site) is { Path: { } path }
            ? TypedResults.Stream(File.OpenRead(path), "application/octet-stream")
            : GatewayAnswers.NotFound("There is no result of this site, or not yet.");

    private static SubtaskWork? Find(HttpContext http, ISubtasks desk) =>
        Id.TryParse<TaskId>((string?)http.GetRouteValue("task"), out var task) ? desk.Find(task) : null;

    private static IResult Malformed { get; } = GatewayAnswers.BadRequest("A subtask is {\"function\": …, \"arguments\": …}.");
}
