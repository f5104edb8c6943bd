using System.IO.Compression;
using System.Text;
using Vantage.Client.Errors;
using Vantage.Client.Results;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Crates;

/// <summary>Writes a task's crate. What it writes it then verifies as a stranger would: nothing unverified is given out.</summary>
internal sealed class CrateExport(VantageClient client, TaskView task)
{
    /// <param name="output">A folder that does not exist, or a file ending in <c>.zip</c>.</param>
    /// <param name="results">Decrypted results and errors too: whoever has the crate reads them.</param>
    /// <param name="payloads">The sealed payloads too: nobody reads them without a key.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    public async Task<VerifiedCrate> WriteAsync(string output, bool results, bool payloads, CancellationToken cancellationToken)
    {
        if (Directory.Exists(output) || File.Exists(output))
        {
            throw new VantageException(ClientErrorCodes.RequestInvalid, $"{output} is there already.", "Name a folder or .zip that does not exist.");
        }

        var folder = Path.GetFullPath(output) + ".part";
        Directory.CreateDirectory(folder);
        try
        {
            await FillAsync(folder, results, payloads, cancellationToken);
            var trust = await client.TrustAsync(forNewWork: false, cancellationToken);
            using (var files = CrateFiles.Of(folder))
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, CrateContent.Metadata),
                    CrateMetadata.Write(CrateContent.Verify(files.All, trust, client.Rest.Time.GetUtcNow())), cancellationToken);
            }

            var verified = TaskCrate.Verify(folder, trust, client.Rest.Time.GetUtcNow());
            if (output.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                ZipFile.CreateFromDirectory(folder, output);
                Directory.Delete(folder, recursive: true);
            }
            else
            {
                Directory.Move(folder, output);
            }

            return verified;
        }
        catch (Exception e)
        {
            Directory.Delete(folder, recursive: true);
            throw e is CrateException fault
                ? new VantageException(ClientErrorCodes.CrateUntrusted, $"{fault.Message} ({fault.Fault.ToExactName()})", null, e)
                : e;
        }
    }

    private async Task FillAsync(string folder, bool results, bool payloads, CancellationToken cancellationToken)
    {
        foreach (var run in task.Runs)
        {
            var evidence = await client.Rest.GetAsync($"{Routes.Runs}/{run.Id}/evidence", ProtocolJson.Default.RunEvidence, cancellationToken);
            await WriteAsync(folder, CrateContent.ManifestFile, Encoding.ASCII.GetBytes(evidence.Manifest), cancellationToken);
            if (evidence.Receipt is not { } receipt)
            {
                continue;
            }

            await WriteAsync(folder, CrateContent.Receipt(run.Id), Encoding.ASCII.GetBytes(receipt), cancellationToken);
            foreach (var payload in run.Payloads.Where(payload => payload.Available))
            {
                if (payloads)
                {
                    await FetchAsync(folder, run.Id, payload, cancellationToken);
                }

                if (results && payload.Kind is PayloadKind.Result or PayloadKind.Error)
                {
                    await OpenAsync(folder, run.Id, payload.Kind, cancellationToken);
                }
            }
        }
    }

    private async Task FetchAsync(string folder, RunId run, PayloadView payload, CancellationToken cancellationToken)
    {
        var path = Place(folder, CrateContent.Sealed(run, payload.Kind));
        await new Download(client.Rest, $"{Routes.Runs}/{run}/payloads/{payload.Kind.ToExactName()}", payload.Digest, payload.Size)
            .ToFileAsync(path, null, cancellationToken);
    }

    private async Task OpenAsync(string folder, RunId run, PayloadKind kind, CancellationToken cancellationToken)
    {
        await using var opened = await new RunReader(client, client.Keys).OpenAsync(ShownRun.Of(task, run), kind, null, cancellationToken);
        await WriteAsync(folder, CrateContent.Inner(run), opened.SignedInner!, cancellationToken);
        await using var file = new FileStream(Place(folder, CrateContent.Body(run, kind)), FileMode.CreateNew);
        await opened.Body.CopyToAsync(file, cancellationToken);
    }

    private static Task WriteAsync(string folder, string file, byte[] content, CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(Place(folder, file), content, cancellationToken);

    private static string Place(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
