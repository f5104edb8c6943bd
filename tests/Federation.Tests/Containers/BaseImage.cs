using Federation.Tests.Processes;

namespace Federation.Tests.Containers;

/// <summary>
/// What an image of a language is built on. Nothing can be pulled here, so it is made by eng/images/base.sh from the
/// packages of this machine, once: the engine keeps it.
/// </summary>
internal static class BaseImage
{
    public static async Task<string> OfAsync(string language, CancellationToken stop)
    {
        var tag = $"vantage/base-{language}:host";
        await using var known = ChildProcess.Start("docker", ["image", "inspect", "--format", "{{.Id}}", tag]);
        return await known.ExitAsync(stop) == 0
            ? tag
            : (await ImageAuthor.RunAsync([Path.Combine(Programs.Repository, "eng/images/base.sh"), "--from-host", language, tag], stop)).Trim();
    }
}
