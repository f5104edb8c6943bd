using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// The account that PostgreSQL runs as. It refuses root, so a Coordinator run by root steps down to an account that
/// exists already: <c>postgres</c>, else <c>nobody</c>. None is ever created.
/// </summary>
internal sealed record ServerAccount(string Name, uint UserId, uint GroupId, bool MustSwitch)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    public static ServerAccount Find() =>
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
            ? FindIn(File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd") : [])
            : new ServerAccount(Environment.UserName, 0, 0, MustSwitch: false);

    internal static ServerAccount FindIn(IEnumerable<string> passwd)
    {
        var accounts = passwd.Select(line => line.Split(':'))
            .Where(fields => fields.Length >= 4)
            .DistinctBy(fields => fields[0])
            .ToDictionary(fields => fields[0]);
        foreach (var name in Candidates)
        {
            if (accounts.TryGetValue(name, out var fields)
                && uint.TryParse(fields[2], out var user) && user != 0 && uint.TryParse(fields[3], out var group))
            {
                return new ServerAccount(name, user, group, MustSwitch: true);
            }
        }

        throw new StartRefusedException(
            "The embedded PostgreSQL refuses to run as root, and this machine has neither an account 'postgres' nor 'nobody' to "
            + "run it as. Start the Coordinator as an ordinary user, or give it a database of its own with --database FILE.");
    }

    /// <summary>The command that runs a program as this account, with no group or privilege of the caller's left.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Command(string program, IEnumerable<string> arguments) =>
        MustSwitch
            ? ("setpriv", [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--inh-caps=-all", "--no-new-privs", "--",
                program, .. arguments])
            : (program, [.. arguments]);
}
