using Vantage.Cli.Printing;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Cryptography;

namespace Vantage.Cli.Charters;

/// <summary>Charters for people to read and to compare.</summary>
internal static class CharterWords
{
    /// <summary>Of the exact text, as people read it to each other.</summary>
    public static string Fingerprint(Digest digest) => Vantage.Protocol.Identities.Fingerprint.Of(KeyId.FromBytes(digest.ToBytes()));

    public static bool Matches(string typed, CharterText text) =>
        Vantage.Protocol.Identities.Fingerprint.Matches(typed, KeyId.FromBytes(text.Digest.ToBytes()));

    public static void Write(TextWriter output, CharterText text)
    {
        var said = text.Content;
        Details.Write(output,
            ("charter", said.Id.ToString()),
            ("collaboration", said.Collaboration.ToString()),
            ("version", $"{said.Serial}"),
            ("purpose", said.Purpose),
            ("from", Details.Time(said.Start)),
            ("until", Details.Time(said.End)),
            ("next version", $"{said.Threshold} of {said.Members.Count} members sign it"),
            ("purposes", said.Purposes is { } purposes ? string.Join("; ", purposes) : null),
            ("projects", said.ProjectCodes is { } codes ? string.Join("; ", codes) : null),
            ("fingerprint", Fingerprint(text.Digest)));
        foreach (var root in text.Roots)
        {
            output.WriteLine($"  {Listing.OneLine(root.Name)} ({root.Organization})");
            output.WriteLine($"    {Vantage.Protocol.Identities.Fingerprint.Of(root.Certificate.KeyId)}");
        }
    }

    /// <summary>What a version changes, a line each.</summary>
    public static IReadOnlyList<string> Changes(CharterText? before, CharterText after)
    {
        var (old, now) = (before?.Content, after.Content);
        var had = before?.Roots.ToDictionary(root => root.Organization) ?? [];
        var has = after.Roots.ToDictionary(root => root.Organization);
        (string What, string? Old, string? New)[] lines =
        [
            ("charter", old?.Id.ToString(), now.Id.ToString()),
            ("purpose", old?.Purpose, now.Purpose),
            ("from", Time(old?.Start), Time(now.Start)),
            ("until", Time(old?.End), Time(now.End)),
            ("signers of a next version", old?.Threshold.ToString(), now.Threshold.ToString()),
            ("purposes", List(old?.Purposes), List(now.Purposes)),
            ("project codes", List(old?.ProjectCodes), List(now.ProjectCodes)),
        ];
        return
        [
            .. has.Values.Where(root => !had.ContainsKey(root.Organization))
                .Select(root => $"+ member {Listing.OneLine(root.Name)} ({root.Organization}), root {KeyOf(root)}"),
            .. had.Values.Where(root => !has.ContainsKey(root.Organization))
                .Select(root => $"- member {Listing.OneLine(root.Name)} ({root.Organization})"),
            .. has.Values.Where(root => had.TryGetValue(root.Organization, out var was) && was.Certificate.Hash != root.Certificate.Hash)
                .Select(root => $"~ root of {Listing.OneLine(root.Name)} ({root.Organization}): {KeyOf(root)}"),
            .. lines.Where(line => line.Old != line.New)
                .Select(line => $"~ {line.What}: {Listing.OneLine(line.Old ?? "none")} -> {Listing.OneLine(line.New ?? "none")}"),
        ];
    }

    private static string KeyOf(Vantage.Protocol.Identities.PinnedRoot root) =>
        Vantage.Protocol.Identities.Fingerprint.Of(root.Certificate.KeyId);

    private static string? Time(DateTimeOffset? time) => time is { } at ? Details.Time(at) : null;

    private static string? List(IReadOnlyList<string>? items) => items is null ? null : string.Join("; ", items);
}
