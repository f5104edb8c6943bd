using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Client.Connection;
using Vantage.Client.Crates;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Client.Results;
using Vantage.Client.Tasks;
using Vantage.Client.Watching;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Client;

/// <summary>Asking: submit, watch, cancel, open. Needs the keys and pins of a home.</summary>
public sealed partial class VantageClient
{
    private const int LongestJson = 256 * 1024 * 1024;

    internal ClientHome Keys => home ?? throw new InvalidOperationException(
        "Asking needs keys and pins: make the client with VantageClient.FromHome, or give it a home.");

    /// <summary>
    /// The exact code that a name means, by the catalogue that the person's own organization signed.
    /// </summary>
    /// <param name="name">Such as <c>summary</c>, or <c>summary@1.0.0</c>; the newest version where none is
    /// named.</param>
    /// <param name="function">Checked to be listed there; null for no check.</param>
    public AlgorithmRef Algorithm(string name, string? function = null) =>
        AlgorithmNames.Resolve(Keys.ReadCatalogue(Rest.Time.GetUtcNow()), name, function);

    /// <summary>
    /// Seals the arguments to each chosen node, signs the manifest with the person's key, and hands both to the
    /// Coordinator; repeated with the same bytes if the connection breaks. Returns once the Coordinator has stored it.
    /// </summary>
    public Task<SubmittedTask> SubmitAsync(TaskRequest request, CancellationToken cancellationToken = default) =>
        new TaskSubmitter(this, Keys).SubmitAsync(request, cancellationToken);

    internal Task<TaskPlan> PlanAsync(TargetChoice choice, CancellationToken cancellationToken) =>
        new TaskSubmitter(this, Keys).PlanAsync(choice, null, cancellationToken);

    /// <summary>Tasks that the caller may see, the newest first.</summary>
    public IAsyncEnumerable<TaskView> ListTasksAsync(CollaborationId? collaboration = null,
        CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(Rest,
            collaboration is { } id ? Pages.WithQuery(Routes.Tasks, "collaboration", id.ToString()) : Routes.Tasks,
            ProtocolJson.Default.PageTaskView, cancellationToken);

    /// <summary>One task and its runs as they are now.</summary>
    /// <exception cref="VantageException">There is none, or it is not visible to you.</exception>
    public Task<TaskView> GetTaskAsync(TaskId id, CancellationToken cancellationToken = default) =>
        Rest.GetAsync($"{Routes.Tasks}/{id}", ProtocolJson.Default.TaskView, cancellationToken);

    /// <summary>
    /// The task as it is now, then again after each change, until it has settled. Lost connections are made again and
    /// nothing is missed for good; only being out of reach for longer than
    /// <see cref="VantageClientOptions.GiveUpAfter"/> throws.
    /// </summary>
    public IAsyncEnumerable<TaskView> WatchAsync(TaskId id, CancellationToken cancellationToken = default) =>
        TaskWatch.FollowAsync(Rest, id, cancellationToken);

    /// <summary>Ends every run that has not ended. What was committed before stays.</summary>
    public Task<TaskView> CancelAsync(TaskId id, CancellationToken cancellationToken = default) =>
        Rest.ExchangeAsync(() => new HttpRequestMessage(HttpMethod.Post,
            RestChannel.Relative($"{Routes.Tasks}/{id}/cancel")),
            ProtocolJson.Default.TaskView, cancellationToken);

    /// <summary>
    /// Verifies that a run which no node ended (cancelled, expired, lost) is one of the task's, and that the others shown beside
    /// it are the rest of them: what was signed says which.
    /// </summary>
    /// <param name="task">As the Coordinator shows it.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VantageException">The Coordinator shows other runs than were signed.</exception>
    public Task RequireSignedAsync(TaskView task, RunId run, CancellationToken cancellationToken = default) =>
        RequireSignedAsync(ShownRun.Of(task, run), cancellationToken);

    /// <summary>
    /// Verifies a run's receipt without fetching what it vouches for, and that the task's runs are those that were signed.
    /// </summary>
    /// <param name="task">As the Coordinator shows it.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<RunProof> VerifyAsync(TaskView task, RunId run, CancellationToken cancellationToken = default) =>
        ProveAsync(ShownRun.Of(task, run), cancellationToken);

    /// <summary>
    /// Fetches a run's result, verifies its receipt, and gives it decrypted as it is read: constant memory whatever its
    /// size, and a fetch that was cut goes on where it was. The caller disposes it.
    /// </summary>
    /// <param name="task">As the Coordinator shows it; refused unless its runs are those that were signed.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="progress">Bytes of ciphertext that are here so far; only for results beyond 1 MiB.</param>
    /// <param name="cancellationToken">Stops; what is here already is kept for the next attempt.</param>
    public Task<OpenedPayload> OpenResultAsync(TaskView task, RunId run, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        new RunReader(this, Keys).OpenAsync(ShownRun.Of(task, run), PayloadKind.Result, progress, cancellationToken);

    /// <summary>What the algorithm and the node logged, in UTF-8. The caller disposes it.</summary>
    public Task<OpenedPayload> OpenLogAsync(TaskView task, RunId run, CancellationToken cancellationToken = default) =>
        new RunReader(this, Keys).OpenAsync(ShownRun.Of(task, run), PayloadKind.Log, null, cancellationToken);

    /// <summary>A result that is one JSON value, up to 256 MiB.</summary>
    public async Task<T> ResultAsync<T>(TaskView task, RunId run, JsonTypeInfo<T> type,
        CancellationToken cancellationToken = default) =>
        (await ProvenResultAsync(ShownRun.Of(task, run), type, cancellationToken)).Value;

    /// <summary>Writes a task as an RO-Crate, verified: what was asked, what came of it, and who signed that.</summary>
    /// <param name="task">As the Coordinator shows it.</param>
    /// <param name="output">A folder that does not exist yet, or a file ending in <c>.zip</c>.</param>
    /// <param name="results">Decrypted results and errors too.</param>
    /// <param name="payloads">The sealed payloads too.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    public Task<VerifiedCrate> ExportTaskAsync(TaskView task, string output, bool results = false, bool payloads = false,
        CancellationToken cancellationToken = default) =>
        new CrateExport(this, task).WriteAsync(output, results, payloads, cancellationToken);

    internal Task RequireSignedAsync(ShownRun shown, CancellationToken cancellationToken) =>
        new RunReader(this, Keys).RequireAsync(shown, cancellationToken);

    internal Task<RunProof> ProveAsync(ShownRun shown, CancellationToken cancellationToken) =>
        new RunReader(this, Keys).ProveAsync(shown, cancellationToken);

    internal async Task<(T Value, RunProof Proof)> ProvenResultAsync<T>(ShownRun shown, JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        await using var result = await new RunReader(this, Keys)
            .OpenAsync(shown, PayloadKind.Result, null, cancellationToken);
        var json = await ReadAllAsync(result.Body, cancellationToken);
        try
        {
            return (JsonSerializer.Deserialize(json.Span, type) ?? throw new JsonException("It is null."), result.Proof);
        }
        catch (JsonException e)
        {
            throw new VantageException(ClientErrorCodes.PayloadUnreadable,
                $"The result of {shown.Run.Id} is not what was expected: {e.Message}",
                "Does the node run the same release of the algorithm?", e);
        }
    }

    /// <summary>Why a run failed or was refused, as its node sealed it for the recipients.</summary>
    public async Task<RunError> ErrorAsync(TaskView task, RunId run, CancellationToken cancellationToken = default) =>
        (await ProvenErrorAsync(ShownRun.Of(task, run), cancellationToken)).Error;

    internal async Task<(RunError Error, RunProof Proof)> ProvenErrorAsync(ShownRun shown,
        CancellationToken cancellationToken)
    {
        await using var error = await new RunReader(this, Keys)
            .OpenAsync(shown, PayloadKind.Error, null, cancellationToken);
        var body = await ReadAllAsync(error.Body, cancellationToken);
        return (RunError.Read(error.Proof.Receipt.Receipt, error.Inner, body.Span), error.Proof);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (all.Length + read > LongestJson)
            {
                throw new VantageException(ClientErrorCodes.PayloadUnreadable,
                    "The result is larger than what is read into memory.",
                    "Open it as a stream (OpenResultAsync), or write it to a file (vantage task result --out).");
            }

            all.Write(buffer, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
