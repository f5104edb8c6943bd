using System.CommandLine;
using System.Security.Cryptography;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys.Custody;

/// <summary>
/// <c>vantage keys backup</c>: one's keys, or the organization's root, in a file that any k of n custodians together can open
/// for their owner, and nobody else can.
/// </summary>
internal static class BackupCommand
{
    public static Command Build(CliConsole console)
    {
        var custodians = new Option<string[]>("--custodian")
        {
            Description = "A colleague who keeps a share: id or name. At least two.",
            HelpName = "PERSON",
            Required = true,
        };
        var threshold = new Option<int>("--threshold") { Description = "How many of them it takes.", HelpName = "K", Required = true };
        var file = new Option<string>("--out") { Description = "Where to write the backup; it may lie anywhere.", HelpName = "FILE", Required = true };
        var root = new Option<bool>("--root") { Description = "Back up the organization's root key instead of your own keys (its admin)." };
        return new Command("backup", "Back up keys, to be opened by k of n custodians together.")
            .With(custodians, threshold, file, root, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var certificates = await CustodiansAsync(call, call.Value(custodians) ?? [], cancellationToken);
                var k = call.Value(threshold);
                if (k < 2 || k > certificates.Count)
                {
                    throw UsageException.Because($"--threshold {k} is not between 2 and the number of custodians, {certificates.Count}.");
                }

                var jws = call.Value(root) ? OfRoot(call, certificates, k) : OfPerson(call, certificates, k);
                await File.WriteAllTextAsync(call.Required(file), jws + "\n", cancellationToken);
                var made = new MadeBackup(call.Required(file), Digest.OfText(jws), k, certificates.Count);
                call.Output.Result(made, CliJson.Default.MadeBackup, made.Backup.ToString(), text =>
                    text.WriteLine($"{made.File}: any {k} of {certificates.Count} custodians can let its owner recover."));
                call.Output.Say("Make a new one when you change your keys, or a custodian theirs for good.");
            });
    }

    private static string OfPerson(Invocation call, IReadOnlyList<Certificate> custodians, int threshold) =>
        call.Home.SignBackup(KeyBackup.Create(call.Home.ReadForBackup(), call.Home.BackupOwner(), custodians, threshold,
            call.Console.Time.GetUtcNow(), RandomNumberGenerator.Create()));

    private static string OfRoot(Invocation call, IReadOnlyList<Certificate> custodians, int threshold)
    {
        var root = call.Home.ReadRoot();
        using var key = call.Home.OpenRootKey(Passphrases.Ask(call));
        return KeyBackup.Sign(KeyBackup.Create(new BackupContent { V = 1, Root = key.ToPem() }, root.Identity, custodians, threshold,
            call.Console.Time.GetUtcNow(), RandomNumberGenerator.Create()), key, CertificateChain.Of(root));
    }

    private static async Task<List<Certificate>> CustodiansAsync(Invocation call, string[] names, CancellationToken cancellationToken)
    {
        var certificates = new List<Certificate>();
        foreach (var name in names)
        {
            var person = await Lookup.UserAsync(call.Client, name, cancellationToken);
            certificates.Add((await call.Client.EncryptionKeysOfAsync(person, cancellationToken))[^1]);
        }

        return certificates.DistinctBy(c => c.Identity.Principal).Count() == certificates.Count
            ? certificates
            : throw new VantageException(ErrorCodes.InvalidInput, "A custodian is named twice: two shares in one hand are one.");
    }
}

internal sealed record MadeBackup(string File, Digest Backup, int Threshold, int Custodians);
