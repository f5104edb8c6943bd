using System.Net;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>
/// What is said to the Coordinator about subtasks, each repeated until it answers. What it says no to is a
/// <see cref="SubtaskRefusal"/>; nothing that it says yes to is believed here.
/// </summary>
internal sealed partial class SubtaskLine(
    AuthorizedRest rest, LinkRetry retry, Uploader uploader, TimeProvider time, ILogger<SubtaskLine> logger)
{
    private const int InlineBytes = 16 * 1024;
    private const int InlineTotal = 8 * 1024 * 1024;

    /// <summary>How long the Coordinator is asked to hold back an answer that says nothing new.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    public Task<Collaboration> CollaborationAsync(CollaborationId id, CancellationToken cancellationToken) =>
        GetAsync($"{Routes.Collaborations}/{id}", ProtocolJson.Default.Collaboration, cancellationToken);

    /// <summary>False if this id belongs to another manifest already.</summary>
    /// <param name="subtask">What was signed.</param>
    /// <param name="parentJws">The manifest whose delegation it uses.</param>
    /// <param name="folder">For what is too large to go inside the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> SubmitAsync(SignedSubtask subtask, string parentJws, string folder, CancellationToken cancellationToken)
    {
        var inline = new List<InlinePayload>();
        var total = 0;
        foreach (var bytes in subtask.Inputs)
        {
            if (bytes.Length <= InlineBytes && total + bytes.Length <= InlineTotal)
            {
                inline.Add(new InlinePayload(Digest.Of(bytes), bytes));
                total += bytes.Length;
            }
            else
            {
                await UploadAsync(subtask.Manifest.Collaboration, bytes, folder, cancellationToken);
            }
        }

        var body = new SubmitTask(subtask.Jws, inline, parentJws);
        try
        {
            await KeepTryingAsync(() => rest.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Put, rest.At($"{Routes.Tasks}/{subtask.Manifest.Task}"))
                {
                    Content = JsonContent.Create(body, ProtocolJson.Default.SubmitTask),
                },
                ProtocolJson.Default.TaskView, AuthorizedRest.Usual, cancellationToken), cancellationToken);
            return true;
        }
        catch (SubtaskRefusal e) when (e.Code == ErrorCodes.ManifestConflict)
        {
            return false;
        }
    }

    public Task<RunEvidence> EvidenceAsync(RunId run, CancellationToken cancellationToken) =>
        GetAsync($"{Routes.Runs}/{run}/evidence", ProtocolJson.Default.RunEvidence, cancellationToken);

    /// <summary>Waits until it has settled.</summary>
    public async Task<TaskView> SettledAsync(TaskId task, CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await GetAsync($"{Routes.Tasks}/{task}?wait={Hold.TotalSeconds}", ProtocolJson.Default.TaskView, cancellationToken);
            if (view.Outcome is not null)
            {
                return view;
            }
        }
    }

    /// <summary>Fetches ciphertext into a file; false unless it is what was signed for.</summary>
    public Task<bool> DownloadAsync(RunId run, PayloadKind kind, Digest digest, long size, string path, CancellationToken cancellationToken) =>
        KeepTryingAsync(async () =>
        {
            using var answer = await rest.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, rest.At($"{Routes.Runs}/{run}/payloads/{kind.ToExactName()}")),
                AuthorizedRest.Usual, cancellationToken);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await using var file = Durable.CreateFile(path);
            var buffer = new byte[64 * 1024];
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read && file.Length + read <= size)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Position = 0;
            return file.Length == size && await Digest.OfAsync(file, cancellationToken) == digest;
        }, cancellationToken);

    private async Task UploadAsync(CollaborationId collaboration, byte[] bytes, string folder, CancellationToken cancellationToken)
    {
        var (id, path) = (UploadId.New(time), Path.Combine(folder, "input.sealed"));
        await using (var file = Durable.CreateFile(path))
        {
            await file.WriteAsync(bytes, cancellationToken);
        }

        await KeepTryingAsync(async () =>
        {
            try
            {
                return await uploader.SendAsync(id, collaboration, path, Digest.Of(bytes), bytes.Length, () => { }, cancellationToken);
            }
            catch (UploadGoneException)
            {
                id = UploadId.New(time);
                throw;
            }
        }, cancellationToken);
    }

    private Task<T> GetAsync<T>(
        string route, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        KeepTryingAsync(() => rest.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, rest.At(route)), type, AuthorizedRest.Usual, cancellationToken), cancellationToken);

    private async Task<T> KeepTryingAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await call();
            }
            catch (CoordinatorRefusal e) when (IsFinal(e))
            {
                throw new SubtaskRefusal(e.Code, e.Message);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var fault = retry.Explain(e);
                LogLater(fault.Message);
                await retry.WaitAsync(fault, failures, cancellationToken);
            }
        }
    }

    private static bool IsFinal(CoordinatorRefusal e) => e is { IsProblem: true, Status: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError }
        and not { Status: HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Coordinator could not be asked about a subtask yet: {Why}")]
    private partial void LogLater(string why);
}
