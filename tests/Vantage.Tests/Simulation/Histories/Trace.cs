using System.Runtime.CompilerServices;

namespace Vantage.Tests.Simulation.Histories;

/// <summary>What happened, for a person to read; nothing is written, nor worked out, unless somebody wants it.</summary>
internal sealed class Trace(Time.Scheduler scheduler, bool isOn)
{
    private readonly List<string> lines = [];

    public bool IsOn => isOn;

    public IReadOnlyList<string> Lines => lines;

    public void Say([InterpolatedStringHandlerArgument("")] Line line)
    {
        if (isOn)
        {
            lines.Add($"{scheduler.Elapsed:mm\\:ss\\.fff} {line.Text}");
        }
    }

    [InterpolatedStringHandler]
    internal readonly struct Line
    {
        private readonly System.Text.StringBuilder? text;

        public Line(int literalLength, int formattedCount, Trace trace, out bool wanted)
        {
            wanted = trace.IsOn;
            text = wanted ? new(literalLength + (formattedCount * 10)) : null;
        }

        public string? Text => text?.ToString();

        public void AppendLiteral(string literal) => text!.Append(literal);

        public void AppendFormatted<T>(T value) => text!.Append(value);
    }
}
