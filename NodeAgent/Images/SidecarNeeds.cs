using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;

namespace Vantage.NodeAgent.Images;

/// <summary>Whether what a sidecar asks for can be given here at all.</summary>
internal static class SidecarNeeds
{
    private const string Package = "PKG_NAME=";

    /// <summary>Runs are given files, made from sources that the policy names; these are the kinds there are.</summary>
    private static readonly IReadOnlyList<string> Files = ["csv"];

    /// <summary>Null if it can.</summary>
    public static ImageException? Objection(Sidecar sidecar, ImageConfig config)
    {
        if (sidecar.Databases?.FirstOrDefault(d => !Files.Contains(d.Type)) is { } live)
        {
            return new(ImageFault.ImageUnsupported, $"The image wants '{live.Name}' as '{live.Type}'. Runs here get read-only files"
                + $" ({string.Join(", ", Files)}) of what the policy allows: no address of a live database and no password to it. Use a version"
                + " of the algorithm that reads a file, and declare the data as a source of the node.");
        }

        // The tools import the module of this name: whoever could choose the name could choose the code.
        return config.Environment.FirstOrDefault(e => e.StartsWith(Package, StringComparison.Ordinal)) is { } package && !IsIdentifier(package[Package.Length..])
            ? new(ImageFault.ImageUnsupported, "The image's own PKG_NAME is not the name of a Python module; its author has to build it anew.")
            : null;
    }

    private static bool IsIdentifier(string name) => name.Length is > 0 and <= 200 && !char.IsAsciiDigit(name[0])
        && name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c));
}
