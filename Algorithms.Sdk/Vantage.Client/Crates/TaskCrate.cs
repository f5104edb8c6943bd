using System.Text;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Crates;

/// <summary>A task as an RO-Crate: what was asked and what came of it, signed, for whoever wants to know years later.</summary>
public static class TaskCrate
{
    /// <summary>
    /// Verifies a folder or zip archive without asking anybody: signatures up to pinned roots, that manifest, receipts and results
    /// fit each other, every file's digest, and the description against all that.
    /// </summary>
    /// <param name="path">Folder or zip archive.</param>
    /// <param name="trust">Whose roots are believed.</param>
    /// <param name="now">Today: certificates count as of when things happened.</param>
    /// <exception cref="VantageException">Names the first thing that is wrong (<see cref="ClientErrorCodes.CrateUntrusted"/>).</exception>
    public static VerifiedCrate Verify(string path, ITrust trust, DateTimeOffset now)
    {
        try
        {
            using var files = CrateFiles.Of(path);
            var content = CrateContent.Verify(files.All, trust, now);
            RequireDescription(files, CrateMetadata.Write(content));
            return Show(content);
        }
        catch (CrateException e)
        {
            throw new VantageException(ClientErrorCodes.CrateUntrusted, $"{e.Message} ({e.Fault.ToExactName()})",
                e.Fault == CrateFault.SignatureUntrusted ? "Pin the organizations' roots, or name them with --root after comparing fingerprints." : null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new VantageException(ClientErrorCodes.CrateUntrusted, $"{path} can't be read: {e.Message} ({CrateFault.CrateMalformed.ToExactName()})", null, e);
        }
    }

    internal static VerifiedCrate Show(CrateContent content) => new(
        content.Manifest.Value.Task,
        content.Manifest.OfJws,
        content.Manifest.Signer.Identity.ToString(),
        content.Manifest.Signer.Name,
        [.. content.Runs.Select(run => new VerifiedCrateRun(run.Target.Run, run.Target.Organization, run.Receipt?.Receipt.Outcome, run.Receipt?.Receipt.Code,
            run.Receipt?.Node.Identity.ToString(), run.Body?.Digest))]);

    private static void RequireDescription(CrateFiles files, byte[] expected)
    {
        if (!files.All.TryGetValue(CrateContent.Metadata, out var file))
        {
            throw new CrateException(CrateFault.FileMissing, CrateContent.Metadata, "It is not there.");
        }

        var found = file.Read();
        if (!found.AsSpan().SequenceEqual(expected))
        {
            var (there, wanted) = (Encoding.UTF8.GetString(found).Split('\n'), Encoding.UTF8.GetString(expected).Split('\n'));
            var line = there.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
            throw new CrateException(CrateFault.MetadataAltered, CrateContent.Metadata, $"Line {line} is not what follows from what is signed.");
        }
    }
}

/// <summary>What a crate proves.</summary>
/// <param name="Task">Which task.</param>
/// <param name="Manifest">The digest of what was signed.</param>
/// <param name="Asker">Who signed it, as their certificate says.</param>
/// <param name="AskerName">The certificate's name.</param>
/// <param name="Runs">One a site.</param>
public sealed record VerifiedCrate(TaskId Task, Digest Manifest, string Asker, string AskerName, IReadOnlyList<VerifiedCrateRun> Runs);

/// <param name="Run">Which run.</param>
/// <param name="Organization">Where.</param>
/// <param name="Outcome">As its node signed it; null without a receipt: then nobody vouches for anything.</param>
/// <param name="Code">Why it did not succeed.</param>
/// <param name="Node">Who signed the receipt.</param>
/// <param name="Content">The digest of the decrypted result or error, if it is in the crate.</param>
public sealed record VerifiedCrateRun(RunId Run, OrganizationId Organization, RunOutcome? Outcome, string? Code, string? Node, Digest? Content);
