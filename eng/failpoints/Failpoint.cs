using System.Diagnostics;

namespace Vantage;

/// <summary>
/// A named step at which a test lets this very process die, freeze or fail. Both programs compile this file in where tests
/// and the demo run them; <c>./build publish</c> leaves it out, calls and names included. Inert unless armed at the start.
/// </summary>
internal static class Failpoint
{
    /// <summary>Something durable was or is about to be done here.</summary>
    [Conditional("VANTAGE_FAILPOINTS")]
    public static void Pass(string name)
    {
#if VANTAGE_FAILPOINTS
        ArmedFailpoint.Current?.Pass(name);
#endif
    }

    /// <summary>These bytes are about to be written: can also leave half of them behind.</summary>
    [Conditional("VANTAGE_FAILPOINTS")]
    public static void Write(string name, Stream file, ReadOnlySpan<byte> bytes)
    {
#if VANTAGE_FAILPOINTS
        if (ArmedFailpoint.Current is { Tears: true } armed && armed.IsHit(name))
        {
            file.Write(bytes[..(bytes.Length / 2)]);
            file.Flush();
            armed.Strike();
        }
#endif
    }
}
