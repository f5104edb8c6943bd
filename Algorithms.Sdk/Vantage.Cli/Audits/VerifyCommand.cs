using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Audits;

/// <summary>
/// <c>vantage audit verify</c>: the trail as the Coordinator shows it, or a file. What was verified from here before is
/// remembered, so that a trail that went back is noticed the second time even by whoever knows nobody else.
/// </summary>
internal static class VerifyCommand
{
    private static readonly Option<string?> FileOption = new("--file")
    {
        Description = "Verify this export, of a Coordinator or a node, and ask nobody.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> KeyOption = new("--key")
    {
        Description = "The public key that has to have signed: the Coordinator's audit.pub, from its admin.",
        HelpName = "FILE",
    };

    public static Command Create(CliConsole console) =>
        new Command("verify", "See whether the trail is whole and as it was signed, and continues the heads that others keep.")
            .With(FileOption, HeadFiles.Option, KeyOption)
            .Does(console, VerifyAsync);

    private static async Task VerifyAsync(Invocation call, CancellationToken cancellationToken)
    {
        var kept = HeadFiles.Read(call);
        var offline = call.Value(FileOption);
        if (offline is null && call.Home.ReadAuditHead() is { } before)
        {
            kept.Add(before);
        }

        var expected = new TrailExpectation(call.Value(KeyOption) is { } path ? ReadKey(path) : null, kept);
        var verdict = offline is not null
            ? TrailFiles.Verify(offline, expected)
            : await OnlineAsync(call, expected, cancellationToken);
        if (verdict is not TrailVerdict.Whole whole)
        {
            var broken = (TrailVerdict.Broken)verdict;
            throw new VantageException(ClientErrorCodes.AuditBroken,
                $"{broken.Sentence} ({broken.Fault.ToExactName()}{(broken.Entry is { } entry ? $", first at entry {entry}" : "")})",
                "Keep what you have as it is: export the trail, collect the heads of other nodes, and see docs/audit.md.");
        }

        if (offline is null)
        {
            call.Home.WriteAuditHead(whole.Head);
        }

        var done = new VerifiedTrail(whole.Head.Chain, whole.Head.Key, whole.Head.Size, whole.Shown, whole.Hidden, whole.Head.At, whole.Compared, whole.Head.Root);
        call.Output.Result(done, CliJson.Default.VerifiedTrail, done.Root.ToString(), text => Details.Write(text,
            ("trail", $"{done.Chain}, whole"),
            ("entries", $"{done.Size}: {done.Shown} read, {done.Hidden} of others by their hashes"),
            ("signed", $"{Details.Time(done.At)} by the key {done.Key}{(expected.Key is null ? " (not compared: give --key)" : "")}"),
            ("compared", $"{done.Compared} heads kept elsewhere")));
    }

    private static async Task<TrailVerdict> OnlineAsync(Invocation call, TrailExpectation expected, CancellationToken cancellationToken)
    {
        var verifier = new TrailVerifier(expected);
        await foreach (var line in call.Client.Audit.ExportAsync([.. expected.Heads.Select(head => head.Size)], cancellationToken))
        {
            if (!verifier.Read(TrailJson.Write(line)))
            {
                break;
            }
        }

        return verifier.Complete();
    }

    private static KeyId ReadKey(string path)
    {
        try
        {
            using var key = SigningPublicKey.FromPem(File.ReadAllText(path));
            return key.KeyId;
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw UsageException.Because($"{path} is no public key: {e.Message}", "The Coordinator's admin has it as audit.pub in its data folder.");
        }
    }
}

internal sealed record VerifiedTrail(
    AuditChainId Chain, KeyId Key, long Size, long Shown, long Hidden, DateTimeOffset At, int Compared, Digest Root);
