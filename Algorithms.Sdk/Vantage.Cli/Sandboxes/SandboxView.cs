using Vantage.Cli.Printing;

namespace Vantage.Cli.Sandboxes;

/// <summary>A sandbox as people and programs are shown it.</summary>
/// <param name="State"><c>up</c>, <c>broken</c>, or <c>starting</c>.</param>
/// <param name="Profile">The profile that asks it.</param>
/// <param name="Folder">Where its programs work and log.</param>
/// <param name="Problems">What is wrong, and what to do.</param>
/// <param name="Seconds">How long its start took.</param>
internal sealed record SandboxView(string State, string Profile, Uri? Url, string? Collaboration, string Data, string Disclosure,
    string Runtime, DateTimeOffset Began, string Folder, IReadOnlyList<SiteView> Sites, IReadOnlyList<ProgramView> Programs,
    IReadOnlyList<string> Problems, double? Seconds = null)
{
    public static SandboxView Of(SandboxState state) => new(state.Ready ? "up" : "starting", SandboxHome.Profile, state.Url,
        state.Collaboration, SandboxPolicy.DataId, state.Disclosure,
        state.Engine is null ? SandboxCommands.Process : SandboxCommands.Docker, state.Began, state.Folder,
        [.. state.Sites.Select(s => new SiteView(s.Site, s.File))],
        [.. state.Programs.Select(p => new ProgramView(p.Role, p.Site, p.Process.Id, p.Process.Lives))], []);

    public void Write(Output output, TextWriter text)
    {
        Details.Write(text, ("sandbox", State), ("coordinator", Url?.ToString()), ("profile", Profile), ("data", Data),
            ("disclosure", Disclosure), ("runtime", Runtime), ("since", Details.Time(Began)), ("folder", Folder));
        text.WriteLine();
        Listing.Write(output, text, [.. Sites], [("site", s => s.Site), ("file", s => s.File),
            ("process", s => Programs.FirstOrDefault(p => p.Site == s.Site) is { } p ? $"{p.Process}{(p.Running ? "" : " (ended)")}" : "none")]);
        foreach (var problem in Problems)
        {
            text.WriteLine($"wrong: {problem}");
        }
    }
}

internal sealed record SiteView(string Site, string File);

internal sealed record ProgramView(string Role, string? Site, int Process, bool Running);
