using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images;

namespace Vantage.Cli.Algorithms;

/// <summary>What the registry, or an image in it, would not do, as the command's one kind of error.</summary>
internal static class ImageFailures
{
    public static VantageException Of(ImageException e) => new(e.Code, e.Message, null, e);

    /// <summary>Null for a code that is of something else.</summary>
    public static int? ExitCode(string code) => code switch
    {
        "image-not-found" => ExitCodes.NotFound,
        "image-registry-unavailable" => ExitCodes.Unreachable,
        "image-registry-refused" => ExitCodes.NotAllowed,
        "image-malformed" or "image-too-large" or "image-undescribed" or "image-platform-missing" => ExitCodes.Failed,
        _ when code.StartsWith("image-", StringComparison.Ordinal) => ExitCodes.Untrusted,
        _ => null,
    };
}
