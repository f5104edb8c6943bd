using System.Text.Json;

namespace Vantage.Cli.Demo;

/// <summary>The demo's one line of JSON.</summary>
/// <param name="Seconds">From the first process to the last number; building and downloading are not in it.</param>
internal sealed record DemoOutcome(string Analysis, int Sites, long Rows, JsonElement Result,
    double MaxRelativeDifferenceToPooled, int ReceiptsVerified, double Seconds);
