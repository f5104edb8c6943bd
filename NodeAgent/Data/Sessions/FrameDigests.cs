using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions;

/// <summary>
/// What names a frame's content: equal steps on equal content give equal digests, whoever asks and whenever. Each part is
/// preceded by its length, so that no two lists of parts give the same.
/// </summary>
internal static class FrameDigests
{
    /// <summary>Grows when steps come to mean something else, so that frames of before are not taken for them.</summary>
    private const string Meaning = "vantage-frame/1";

    /// <summary>The steps and what they are done on, by name. The same at every site.</summary>
    public static Digest Recipe(PrepareArguments arguments, IEnumerable<DataRef> data) => Of(
    [
        "recipe",
        // Written anew from what was understood, so that blanks and the order of members do not matter.
        JsonSerializer.Serialize(new PrepareArguments("", arguments.Steps), SessionsJson.Default.PrepareArguments),
        .. data.OrderBy(d => d.Label, StringComparer.Ordinal).SelectMany(d => d.Dictionary is { } dictionary
            ? new[] { d.Label, d.Kind.ToString(), d.Id, dictionary.Digest.ToString() }
            : [d.Label, d.Kind.ToString(), d.Id]),
    ]);

    /// <summary>The recipe and what each input held, as far as it could be seen.</summary>
    public static Digest Version(Digest recipe, IEnumerable<(string Label, Snapshot Snapshot)> inputs) => Of(
    [
        "version",
        recipe.ToString(),
        .. inputs.OrderBy(i => i.Label, StringComparer.Ordinal).SelectMany(i => new[] { i.Label, i.Snapshot.Content.ToString() }
            .Concat(i.Snapshot.HasKeys ? ["keys"] : [])
            .Concat(i.Snapshot.Columns.SelectMany(c => new[] { c.Name, c.Type.ToString() }))),
    ]);

    private static Digest Of(IEnumerable<string> parts) => Digest.OfText(string.Concat(
        parts.Prepend(Meaning).Select(part => $"{Encoding.UTF8.GetByteCount(part)}:{part};")));
}
