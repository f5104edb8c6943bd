using Microsoft.AspNetCore.Http.HttpResults;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Gateway;

/// <summary>What the Gateway says when it does not do what it was asked.</summary>
internal static class GatewayAnswers
{
    public static JsonHttpResult<Problem> NotYet(string what) => Answer(StatusCodes.Status501NotImplemented, "not-yet",
        "Not offered yet", $"This node does not offer {what} yet.");

    public static JsonHttpResult<Problem> BadRequest(string detail) =>
        Answer(StatusCodes.Status400BadRequest, ErrorCodes.InvalidInput, "Invalid input", detail);

    public static JsonHttpResult<Problem> Forbidden(string code, string detail) =>
        Answer(StatusCodes.Status403Forbidden, code, "Not allowed", detail);

    public static JsonHttpResult<Problem> NotFound(string detail) =>
        Answer(StatusCodes.Status404NotFound, ErrorCodes.NotFound, "Not found", detail);

    public static JsonHttpResult<Problem> TooLarge(string detail) =>
        Answer(StatusCodes.Status413PayloadTooLarge, ErrorCodes.TooLarge, "Too large", detail);

    public static JsonHttpResult<Problem> Conflict(string detail) =>
        Answer(StatusCodes.Status409Conflict, ErrorCodes.Conflict, "Conflict", detail);

    public static JsonHttpResult<Problem> Gone(string detail) =>
        Answer(StatusCodes.Status410Gone, "no-more-calls", "No more calls", detail);

    private static JsonHttpResult<Problem> Answer(int status, string code, string title, string detail) =>
        TypedResults.Json(new Problem(Problem.TypeOf(code), title, status, code, detail), ProtocolJson.Default.Problem,
            Problem.MediaType, status);
}
