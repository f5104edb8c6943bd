using System.CommandLine;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Keys.Custody;

/// <summary>
/// <c>vantage keys recover</c>: who lost their keys makes a key to recover with; custodians, having made sure by telephone or in
/// person whose it is, release their shares to it; enough of them open the backup.
/// </summary>
internal static class RecoverCommands
{
    public static Command Build(CliConsole console) =>
        new Command("recover", "Get keys back with the help of custodians.").With(Begin(console), Release(console), Finish(console));

    private static Command Begin(CliConsole console)
    {
        var file = new Option<string>("--out") { Description = "Where to write the request.", HelpName = "FILE", Required = true };
        return new Command("begin", "Make a key to recover with, and a request for the custodians.").With(file)
            .Does(console, async (call, cancellationToken) =>
            {
                using var key = call.Home.MakeRecoveryKey();
                await File.WriteAllTextAsync(call.Required(file), KeyRequest.Create(key).ToPem(), cancellationToken);
                FingerprintCommand.Show(call, [new("recovery", "", Fingerprint.Of(key.KeyId), null)],
                    $"Send {call.Required(file)} and your backup to custodians, and tell each the fingerprint by telephone or in person.");
            });
    }

    private static Command Release(CliConsole console)
    {
        var backup = new Argument<string>("backup") { Description = "The backup." };
        var request = new Option<string>("--for") { Description = "The owner's request.", HelpName = "FILE", Required = true };
        var file = new Option<string>("--out") { Description = "Where to write the released share.", HelpName = "FILE", Required = true };
        var fingerprint = Comparison.Option();
        return new Command("release", "Release your share of somebody's backup (a custodian).").With(backup, request, file, fingerprint)
            .Does(console, async (call, cancellationToken) =>
            {
                var read = BackupFile.Read(call, call.Required(backup));
                var owner = Request(call.Required(request));
                var me = call.Home.ReadProfile().User.ToString();
                var share = read.Value.Shares.FirstOrDefault(s => s.Principal == me) ?? throw new VantageException(
                    ClientErrorCodes.NothingThere, "This backup holds no share for you.", "Ask its owner who the custodians are.");
                Comparison.Require(call, fingerprint, $"the recovery key of {read.Value.Principal}", Fingerprint.Of(owner.KeyId),
                    typed => Fingerprint.Matches(typed, owner.KeyId), "that person themselves: whoever has enough shares has their keys");
                using var key = call.Home.OpenCustodianKey(share.Key);
                var released = KeyBackup.Release(read, share, key, owner.EncryptionKey());
                await File.WriteAllTextAsync(call.Required(file), JsonSerializer.Serialize(released, SignedJson.Default.ReleasedShare) + "\n",
                    cancellationToken);
                var told = new ReleasedView(read.Value.Principal, share.X, call.Required(file));
                call.Output.Result(told, CliJson.Default.ReleasedView, told.File, text => text.WriteLine(
                    $"{told.File}: share {told.Share}, readable by that key only. Send it back."));
            });
    }

    private static Command Finish(CliConsole console)
    {
        var backup = new Argument<string>("backup") { Description = "The backup." };
        var shares = new Option<string[]>("--share") { Description = "A share that a custodian released.", HelpName = "FILE", Required = true };
        return new Command("finish", "Put the recovered keys in their place.").With(backup, shares, Passphrases.File)
            .Does(console, (call, _) =>
            {
                var read = BackupFile.Read(call, call.Required(backup));
                var released = (call.Value(shares) ?? []).Select(Share).ToList();
                using var key = call.Home.OpenRecoveryKey();
                var content = Open(read, released, key);
                if (content.Root is { } root)
                {
                    call.Home.RestoreRoot(root, Passphrases.AskNew(call));
                }

                call.Home.Restore(content);
                var told = new RecoveredView(read.Value.Principal, content.Encryption.Count);
                call.Output.Result(told, CliJson.Default.RecoveredView, told.Principal, text => text.WriteLine(
                    content.Root is null ? $"The keys of {told.Principal} are back: {told.EncryptionKeys} that open results." : "The root's key is back."));
                call.Output.Say(content.Root is null
                    ? "Fetch their certificates: vantage keys install. If the old machine may be in other hands, change your keys "
                        + "(vantage keys rotate) and have the old ones revoked."
                    : "It is under the new passphrase.");
                return Task.CompletedTask;
            });
    }

    private static BackupContent Open(Protocol.Signatures.Verified<BackupStatement> backup, IReadOnlyList<ReleasedShare> shares,
        Protocol.Cryptography.EncryptionKey key)
    {
        var fitting = shares.Where(s => s.Backup == backup.OfJws).DistinctBy(s => s.X).Count();
        if (fitting < backup.Value.Threshold)
        {
            throw new VantageException(ClientErrorCodes.RequestInvalid,
                $"{fitting} of these shares are of this backup, and it takes {backup.Value.Threshold}.", "Ask further custodians.");
        }

        try
        {
            return KeyBackup.Open(backup, shares, key);
        }
        catch (EnvelopeException e)
        {
            throw new VantageException(ClientErrorCodes.PayloadUnreadable,
                "The backup does not open with these shares: one of them is not what its custodian has, or was released to another key.",
                "Ask the custodians to release theirs again, for the request of this home.", e);
        }
    }

    private static ReleasedShare Share(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), SignedJson.Default.ReleasedShare) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new VantageException(ErrorCodes.InvalidInput, $"{path} is no released share: {e.Message}", null, e);
        }
    }

    private static KeyRequest Request(string path)
    {
        try
        {
            return KeyRequest.FromPem(File.ReadAllText(path));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"{path}: {e.Message}",
                "It is made by: vantage keys recover begin --out FILE", e);
        }
    }
}

internal sealed record ReleasedView(string Owner, int Share, string File);

internal sealed record RecoveredView(string Principal, int EncryptionKeys);
