using System.Text;

namespace Vantage.Cli.CommandLine;

/// <summary>Where a command reads and writes, so that tests can watch a whole invocation in memory.</summary>
internal sealed record CliConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>A person sits at the other end: tables and colours are welcome on standard output.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Progress may be written over itself on standard error.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Characters that fit on a line of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>A person can be asked.</summary>
    public bool InIsTerminal { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads a line that is not shown.</summary>
    public Func<string?> ReadSecret { get; init; } = () => null;

    public static CliConsole Real()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new(Console.In, Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()))
        {
            OutIsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "",
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb",
            Width = !Console.IsErrorRedirected && Console.WindowWidth > 20 ? Console.WindowWidth : 80,
            InIsTerminal = !Console.IsInputRedirected,
            ReadSecret = ReadHidden,
        };

        StreamWriter Writer(Stream stream) => new(stream, utf8) { AutoFlush = true, NewLine = "\n" };
    }

    private static string? ReadHidden()
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return text.ToString();
                case ConsoleKey.Backspace:
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        text.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
