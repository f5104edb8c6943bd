using System.Text;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;

namespace Vantage.Client.Crates;

/// <summary>What a crate holds, every word of it verified: signed by people and nodes whom pinned roots certified, and fitting together.</summary>
internal sealed record CrateContent(Verified<TaskManifest> Manifest, IReadOnlyList<CrateRun> Runs, IReadOnlyList<CrateFile> Files)
{
    public const string Metadata = "ro-crate-metadata.json";
    public const string ManifestFile = "manifest.jws";

    public static string Folder(RunId run) => $"runs/{run}/";

    public static string Receipt(RunId run) => Folder(run) + "receipt.jws";

    public static string Inner(RunId run) => Folder(run) + "inner-receipt.json";

    public static string Body(RunId run, PayloadKind kind) => Folder(run) + (kind == PayloadKind.Result ? "result" : "error.json");

    public static string Sealed(RunId run, PayloadKind kind) => $"{Folder(run)}{kind.ToExactName()}.sealed";

    /// <summary>Throws <see cref="CrateException"/> for the first thing that is wrong.</summary>
    public static CrateContent Verify(IReadOnlyDictionary<string, CrateFile> files, ITrust trust, DateTimeOffset now)
    {
        var manifest = Trusted(ManifestFile, () => VerifyManifest(Text(files, ManifestFile), trust, now));
        var seen = new HashSet<string> { Metadata, ManifestFile };
        var runs = manifest.Value.Targets.Select(target => VerifyRun(files, manifest, target, trust, now, seen)).ToList();
        return files.Keys.FirstOrDefault(path => !seen.Contains(path)) is { } stray
            ? throw new CrateException(CrateFault.FileUnexpected, stray, "Nothing that is signed speaks of it.")
            : new CrateContent(manifest, runs, [.. files.Values.Where(file => file.Path != Metadata)]);
    }

    private static Verified<TaskManifest> VerifyManifest(string jws, ITrust trust, DateTimeOffset now)
    {
        var claimed = SignedDocument.ReadUnverified(jws, SignedJson.Default.TaskManifest);
        var manifest = SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust, Earlier(now, claimed.NotBefore));
        return manifest.Signer.Principal is Principal.User
            ? manifest
            : throw new CrateException(CrateFault.SignatureUntrusted, ManifestFile, "It is signed by no person: a round of another task is shown by that task.");
    }

    private static CrateRun VerifyRun(IReadOnlyDictionary<string, CrateFile> files, Verified<TaskManifest> manifest, ManifestTarget target, ITrust trust,
        DateTimeOffset now, HashSet<string> seen)
    {
        var run = target.Run;
        if (!files.ContainsKey(Receipt(run)))
        {
            return new CrateRun(target, null, null, null);
        }

        seen.Add(Receipt(run));
        var receipt = Trusted(Receipt(run), () => ReceiptVerifier.Verify(Text(files, Receipt(run)),
            ReceiptExpectation.From(manifest.Value, manifest.OfJws, run), trust, Earlier(now, manifest.Value.NotAfter)));
        foreach (var payload in receipt.Receipt.Payloads.Where(payload => files.ContainsKey(Sealed(run, payload.Kind))))
        {
            var file = files[Sealed(run, payload.Kind)];
            seen.Add(file.Path);
            Trusted(file.Path, () => Done(() => receipt.RequirePayload(payload.Kind, file.Digest, file.Size)));
        }

        if (!files.TryGetValue(Inner(run), out var inner))
        {
            return new CrateRun(target, receipt, null, null);
        }

        seen.Add(inner.Path);
        var read = Trusted(inner.Path, () => receipt.ReadInner(inner.Read()));
        var kind = receipt.Receipt.Outcome == RunOutcome.Succeeded ? PayloadKind.Result : PayloadKind.Error;
        if (!files.TryGetValue(Body(run, kind), out var body))
        {
            throw new CrateException(CrateFault.FileMissing, Body(run, kind), "Its inner receipt is here, and it is not.");
        }

        seen.Add(body.Path);
        Trusted(body.Path, () => Done(() => receipt.RequireBody(read, body.Digest)));
        return new CrateRun(target, receipt, read, body);
    }

    private static string Text(IReadOnlyDictionary<string, CrateFile> files, string path) => files.TryGetValue(path, out var file)
        ? Encoding.Latin1.GetString(file.Read())
        : throw new CrateException(CrateFault.FileMissing, path, "It is not there.");

    private static bool Done(Action action)
    {
        action();
        return true;
    }

    private static T Trusted<T>(string file, Func<T> verify)
    {
        try
        {
            return verify();
        }
        catch (ReceiptException e) when (e.Fault is ReceiptFault.InnerMismatch or ReceiptFault.PayloadMismatch)
        {
            throw new CrateException(CrateFault.ContentAltered, file, e.Message);
        }
        catch (TrustException e)
        {
            throw new CrateException(CrateFault.SignatureUntrusted, file, $"{e.Message} ({e.Code})");
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <param name="Target">As the manifest has it.</param>
/// <param name="Receipt">Null where no node ended it, or its receipt was not put in.</param>
/// <param name="Inner">Null unless it was opened for the crate.</param>
/// <param name="Body">The decrypted result or error, likewise.</param>
internal sealed record CrateRun(ManifestTarget Target, VerifiedReceipt? Receipt, InnerReceipt? Inner, CrateFile? Body);
