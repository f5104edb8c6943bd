using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>The REST routes that a node calls.</summary>
internal static class FakeRoutes
{
    public const int PartBytes = 256 * 1024;

    public static void Map(WebApplication app, FakeState state)
    {
        var hospital = state.Alliance.Hospital;
        app.MapGet(Routes.HealthLive, () => Results.Text("ok"));
        app.MapPost(Routes.NodeSignInChallenge, () => Json(new SignInChallenge("challenge", DateTimeOffset.MaxValue), ProtocolJson.Default.SignInChallenge));
        app.MapPost(Routes.NodeSignIn, async (HttpContext context) =>
        {
            var call = (await context.Request.ReadFromJsonAsync(ProtocolJson.Default.NodeSignIn))!;
            if (state.RefuseSignIn is { } code)
            {
                return Refuse(403, code);
            }

            var audience = $"{context.Request.Scheme}://{context.Request.Host}";
            SignInStatement.Verify(call.Response, "challenge", audience, hospital.Trust, state.Now);
            var token = $"session-{Interlocked.Increment(ref state.SignIns)}";
            state.Tokens[token] = true;
            return Json(new NodeSession(token, state.Now.AddHours(1), hospital.Node, hospital.Id,
                hospital.NodeSigning.Der.ToArray(), hospital.NodeEncryption.Der.ToArray()), ProtocolJson.Default.NodeSession);
        });
        app.MapPost(Routes.NodeEnrolment, async (HttpContext context) =>
        {
            var call = (await context.Request.ReadFromJsonAsync(ProtocolJson.Default.EnrolNode))!;
            return call.Code != "right-code"
                ? Refuse(403, call.Code == "old-code" ? ErrorCodes.EnrolmentCodeExpired : ErrorCodes.EnrolmentCodeInvalid)
                : Json(new EnrolledNode(hospital.Node, hospital.Id, "mary-1", hospital.Root.Der.ToArray(),
                    state.IsCertified ? hospital.NodeSigning.Der.ToArray() : null,
                    state.IsCertified ? hospital.NodeEncryption.Der.ToArray() : null), ProtocolJson.Default.EnrolledNode);
        });
        app.MapGet($"{Routes.Runs}/{{run}}/payloads/input", (string run) =>
            state.Runs.TryGetValue(Id.Parse<RunId>(run), out var known) ? Results.Bytes(known.Question.Input) : Refuse(404, ErrorCodes.NotFound));
        app.MapGet($"{Routes.Collaborations}/{{id}}/charters", (string id, long? after) => Json(
            new CharterBook([.. state.Charters.Where(v => CharterText.Read(v.Text).Content.Serial > (after ?? 0))], []), ProtocolJson.Default.CharterBook));
        MapUploads(app, state);
    }

    private static void MapUploads(WebApplication app, FakeState state)
    {
        app.MapPut($"{Routes.Uploads}/{{id}}", async (string id, HttpContext context) =>
        {
            var start = (await context.Request.ReadFromJsonAsync(ProtocolJson.Default.StartUpload))!;
            var upload = state.Uploads.GetOrAdd(Id.Parse<UploadId>(id), _ => new FakeUpload(start.Digest, start.Size, PartBytes));
            lock (upload)
            {
                return Json(new UploadView(Id.Parse<UploadId>(id), upload.Digest, upload.Size, upload.PartBytes, [.. upload.Parts.Keys],
                    upload.IsWhole, DateTimeOffset.MaxValue), ProtocolJson.Default.UploadView);
            }
        });
        app.MapPut($"{Routes.Uploads}/{{id}}/parts/{{n:int}}", async (string id, int n, HttpContext context) =>
        {
            if (!state.Uploads.TryGetValue(Id.Parse<UploadId>(id), out var upload))
            {
                return Refuse(404, ErrorCodes.NotFound);
            }

            if (Interlocked.Decrement(ref state.CutParts) >= 0)
            {
                await context.Request.Body.ReadExactlyAsync(new byte[1000]);
                context.Abort();
                return Results.Empty;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var bytes = body.ToArray();
            if (Digest.Of(bytes).ToString() != context.Request.Headers[StartUpload.PartDigestHeader])
            {
                return Refuse(400, ErrorCodes.PayloadDigestMismatch);
            }

            Interlocked.Increment(ref state.PartsReceived);
            lock (upload)
            {
                upload.Parts[n] = bytes;
            }

            return Results.NoContent();
        });
    }

    private static IResult Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Results.Json(value, type);

    private static IResult Refuse(int status, string code) => Results.Json(
        new Problem(Problem.TypeOf(code), code, status, code, $"refused: {code}"), ProtocolJson.Default.Problem, Problem.MediaType, status);
}
