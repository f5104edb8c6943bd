using System.CommandLine;
using System.Security.Cryptography;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Images.Signing;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// <c>vantage algorithm revoke</c>: the organization's admin writes the next signed list of what its nodes no longer run.
/// The list before is its beginning, so nothing is forgotten; without anything new it is only renewed.
/// </summary>
internal static class RevokeCommand
{
    private const int DefaultDays = 90;

    public static Command Build(CliConsole console)
    {
        var file = new Option<string>("--list")
        {
            Description = "The list; begun if there is none.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "revocations.jws",
        };
        var images = new Option<string[]>("--image") { Description = "Run this image no more.", HelpName = "sha256:…" };
        var keys = new Option<string[]>("--publisher-key") { Description = "Believe this publisher's public key no more.", HelpName = "FILE" };
        var reason = new Option<string?>("--reason") { Description = "Why; askers read it.", HelpName = "TEXT" };
        var days = new Option<int>("--valid-days")
        {
            Description = $"From then on nodes want a newer list. Default: {DefaultDays}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultDays,
        };
        return new Command("revoke", "Sign the list of images and publishers' keys that count no more (the organization's admin).")
            .With(file, images, keys, reason, days, Passphrases.File).Does(console, (call, _) =>
            {
                var (newImages, newKeys) = (call.Value(images) ?? [], call.Value(keys) ?? []);
                var why = call.Value(reason) ?? (newImages.Length + newKeys.Length == 0
                    ? ""
                    : throw UsageException.Because("--reason is missing: askers read why their image is refused."));
                if (call.Value(days) is < 1 or > 3650)
                {
                    throw UsageException.Because("--valid-days is from 1 to 3650.");
                }

                using var key = call.Home.OpenRootKey(Passphrases.Ask(call));
                var (root, path, now) = (call.Home.ReadRoot(), call.Required(file), call.Console.Time.GetUtcNow());
                var before = File.Exists(path) ? Before(path, root, now) : null;
                var statement = new RevocationStatement
                {
                    V = 1,
                    Issuer = root.Identity.Organization,
                    Serial = (before?.Serial ?? 0) + 1,
                    IssuedAt = now,
                    NotAfter = now.AddDays(call.Value(days)),
                    Images = [.. (before?.Images ?? []).Concat(newImages.Select(i => new RevokedImage(Image(i), why))).DistinctBy(i => i.Digest)],
                    Keys = [.. (before?.Keys ?? []).Concat(newKeys.Select(k => new RevokedKey(Key(k), why))).DistinctBy(k => k.Key)],
                };
                File.WriteAllText(path, Revocations.Sign(statement, key, root) + "\n");
                Tell(call, path, statement);
                return Task.CompletedTask;
            });
    }

    private static void Tell(Invocation call, string path, RevocationStatement statement)
    {
        var view = new RevokedList(path, statement.Serial, statement.NotAfter, statement.Images.Count, statement.Keys.Count);
        call.Output.Result(view, CliJson.Default.RevokedList, view.Serial.ToString(), text => text.WriteLine(
            $"{path}, serial {view.Serial}: {view.Images} images and {view.Keys} keys, valid until {Details.Time(view.ValidUntil)}"));
        call.Output.Say($"Put {path} into the folder of each of your nodes as revocations.jws, and a newer one before it ends.");
    }

    private static RevocationStatement Before(string path, Certificate root, DateTimeOffset now)
    {
        try
        {
            return Revocations.Verify(File.ReadAllText(path).Trim(), root, now).Statement;
        }
        catch (TrustException e)
        {
            throw new VantageException(ClientErrorCodes.StatementUntrusted, $"{path}: {e.Message}", "Begin a new list under another name.", e);
        }
    }

    private static Digest Image(string text) => Digest.TryParse(text[(text.LastIndexOf('@') + 1)..], null, out var digest)
        ? digest
        : throw UsageException.Because($"--image {text} names no digest: expected sha256: and 64 hexadecimal digits.");

    private static KeyId Key(string file)
    {
        try
        {
            return PublisherKey.FromPem(file, File.ReadAllText(file)).Id;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, $"{file} is no publisher's key: {e.Message}", null, e);
        }
    }
}

internal sealed record RevokedList(string File, long Serial, DateTimeOffset ValidUntil, int Images, int Keys);
