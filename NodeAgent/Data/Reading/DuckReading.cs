using Vantage.DuckDb;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>The <c>duckdb:</c> of node.yaml: what reading a Parquet or JSON file may take of the machine.</summary>
internal static class DuckReading
{
    private const int Mebibytes = 16 * 1024 * 1024;

    public static DuckCaps Caps(YamlSection root)
    {
        var d = new DuckCaps();
        if (root.Section("duckdb") is not { } section)
        {
            return d;
        }

        var caps = new DuckCaps(
            section.Number("memoryMiB", d.MemoryMiB, 64, Mebibytes), section.Number("threads", d.Threads, 1, 256), section.Number("diskMiB", d.TempMiB, 1, Mebibytes));
        section.Done();
        return caps;
    }
}
