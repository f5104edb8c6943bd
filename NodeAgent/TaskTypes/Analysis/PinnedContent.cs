using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>A task may be about one content of a source and no other.</summary>
internal static class PinnedContent
{
    /// <summary>In words for the asker; null if this is the content that is asked for, or any will do.</summary>
    public static string? Refusal(DataRef data, Digest content) =>
        (data.Kind != DataKind.Frame && data.Version is not null) || (data.Digest is { } pinned && pinned != content)
            ? $"The content of source '{data.Id}' is not the one that the task asks for (it pins a version or digest). Ask again"
              + " without the pin, or for what the node has now."
            : null;
}
