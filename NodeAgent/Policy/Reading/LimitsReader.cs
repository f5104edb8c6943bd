using System.Globalization;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>limits:</c> of a rule.</summary>
internal static class LimitsReader
{
    public static RuleLimits Read(YamlSection rule)
    {
        var limits = new RuleLimits();
        if (rule.Section("limits") is not { } section)
        {
            return limits;
        }

        limits = limits with
        {
            Cpu = Cores(section) ?? limits.Cpu,
            MemoryMiB = section.Number("memoryMiB", limits.MemoryMiB, 1, 16 * 1024 * 1024),
            DiskMiB = section.Number("diskMiB", limits.DiskMiB, 1, 1024 * 1024 * 1024),
            TimeSeconds = section.Number("timeSeconds", limits.TimeSeconds, 1, 400 * 86_400),
            EgressMiB = section.Number("egressMiB", limits.EgressMiB, 1, 1024 * 1024 * 1024),
            Frames = section.Number("frames", limits.Frames, 1, 10_000),
            FramesMiB = section.Number("framesMiB", limits.FramesMiB, 1, 1024 * 1024 * 1024),
            FrameDays = section.Number("frameDays", limits.FrameDays, 1, 400),
            Accelerators = section.Number("accelerators", limits.Accelerators, 0, 1024),
            OutputMiB = section.Number("outputMiB", limits.OutputMiB, 1, 1024 * 1024 * 1024),
        };
        section.Done();
        return limits;
    }

    private static double? Cores(YamlSection section)
    {
        if (section.Text("cpu") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores)
            && cores is > 0 and <= 1024)
        {
            return cores;
        }

        section.Problem("cpu", "'cpu' is a number of cores above 0, such as 0.5.");
        return null;
    }
}
