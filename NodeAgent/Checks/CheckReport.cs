namespace Vantage.NodeAgent.Checks;

internal enum CheckResult
{
    Ok,

    /// <summary>It works, but somebody should look.</summary>
    Warning,

    Failed,

    /// <summary>Could not be looked at, since an earlier check failed.</summary>
    Skipped,
}

/// <summary>One line of <c>vantage node check</c>.</summary>
/// <param name="Name">Stable, in kebab-case.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Help">What to do; for anything but <see cref="CheckResult.Ok"/>.</param>
internal sealed record CheckLine(string Name, CheckResult Result, string Finding, string? Help = null)
{
    public static CheckLine Ok(string name, string finding) => new(name, CheckResult.Ok, finding);

    public static CheckLine Warning(string name, string finding, string help) => new(name, CheckResult.Warning, finding, help);

    public static CheckLine Failed(string name, string finding, string help) => new(name, CheckResult.Failed, finding, help);

    public static CheckLine Skipped(string name, string because) => new(name, CheckResult.Skipped, "not looked at", because);
}

/// <summary>The whole answer.</summary>
/// <param name="Passed">Nothing failed, and nothing had to be skipped.</param>
internal sealed record CheckReport(bool Passed, IReadOnlyList<CheckLine> Checks)
{
    public static CheckReport Of(IReadOnlyList<CheckLine> lines) =>
        new(lines.All(line => line.Result is CheckResult.Ok or CheckResult.Warning), lines);

    public void Write(TextWriter text)
    {
        var width = Checks.Max(line => line.Name.Length) + 2;
        foreach (var line in Checks)
        {
            text.WriteLine($"{Mark(line.Result)} {line.Name.PadRight(width)}{line.Finding}");
            if (line.Help is not null)
            {
                text.WriteLine($"     {"".PadRight(width)}{line.Help}");
            }
        }

        text.WriteLine(Passed ? "\nEverything is in order." : "\nNot everything is in order: see the lines that begin with FAIL, from the top.");
    }

    private static string Mark(CheckResult result) => result switch
    {
        CheckResult.Ok => "ok  ",
        CheckResult.Warning => "warn",
        CheckResult.Failed => "FAIL",
        _ => "-   ",
    };
}
