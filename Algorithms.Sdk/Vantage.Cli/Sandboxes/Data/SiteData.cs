namespace Vantage.Cli.Sandboxes.Data;

/// <summary>One site of a sandbox to be.</summary>
/// <param name="Site">Its name.</param>
/// <param name="Path">The file, whole path.</param>
/// <param name="Dialect">How it is written.</param>
internal sealed record SiteData(string Site, string Path, Dialect Dialect)
{
    /// <summary>What the data speak; null where they are taken as they are.</summary>
    public SpokenDictionary? Dictionary { get; init; }

    /// <summary>How messages call it.</summary>
    public string Words => $"{Site} ({System.IO.Path.GetFileName(Path)})";

    public FileFormat Format => FileFormats.Of(Path);
}

/// <summary>How a file was declared to be written; null where the node's defaults hold (docs/node-admin.md).</summary>
/// <param name="Delimiter">One character, or <c>tab</c>.</param>
/// <param name="Missing">Null for the node's default.</param>
/// <param name="Texts">Columns that hold text, whatever they look like.</param>
internal sealed record Dialect(string? Delimiter, string? Decimal, string? Encoding, string? Quote,
    IReadOnlyList<string>? Missing, bool Header, IReadOnlyList<string> Texts)
{
    public char DelimiterCharacter => Delimiter is null ? ',' : CharacterOf(Delimiter);

    public char QuoteCharacter => Quote is null ? '"' : CharacterOf(Quote);

    private static char CharacterOf(string text) => text == "tab" ? '\t' : text[0];
}
