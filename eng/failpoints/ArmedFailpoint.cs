#if VANTAGE_FAILPOINTS
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Vantage;

/// <summary>The failpoint that <c>VANTAGE_FAILPOINT=name:kill|pause|throw|torn[:nth]</c> armed, read once.</summary>
internal sealed partial class ArmedFailpoint
{
    private const string Variable = "VANTAGE_FAILPOINT";
    private const int SigStop = 19;

    private readonly string name;
    private readonly string action;
    private int left;

    private ArmedFailpoint(string name, string action, int nth) => (this.name, this.action, left) = (name, action, nth);

    public static ArmedFailpoint? Current { get; } = Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Leaves half of a write behind.</summary>
    public bool Tears => action == "torn";

    public void Pass(string passed)
    {
        if (!Tears && IsHit(passed))
        {
            Strike();
        }
    }

    /// <summary>Counts; true the one time it is to strike.</summary>
    public bool IsHit(string passed) => passed == name && Interlocked.Decrement(ref left) == 0;

    public void Strike()
    {
        // The tests hold this against the list: a process may die of other things, too.
        Console.Error.WriteLine($"failpoint {name}: {action}");
        switch (action)
        {
            case "throw":
                throw new IOException($"The failpoint {name} throws.");
            case "pause":
                _ = Kill(Environment.ProcessId, SigStop);
                break;
            default:
                // As the power cut does it: no handler, no finally, no flush.
                Process.GetCurrentProcess().Kill();
                Thread.CurrentThread.Join();
                break;
        }
    }

    private static ArmedFailpoint? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var parts = text.Split(':');
        var nth = 1;
        return parts is [_, "kill" or "pause" or "throw" or "torn"]
            || (parts is [_, "kill" or "pause" or "throw" or "torn", var count] && int.TryParse(count, CultureInfo.InvariantCulture, out nth))
            ? new(parts[0], parts[1], nth)
            : throw new FormatException($"{Variable}={text}: name:kill|pause|throw|torn[:nth]");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
#endif
