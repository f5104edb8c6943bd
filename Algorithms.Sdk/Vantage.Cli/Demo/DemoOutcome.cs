using System.Text.Json;

namespace Vantage.Cli.Demo;

/// <summary>The demo's one line of JSON.</summary>
/// <param name="Logistic">What the regression over all sites found, term by term, and how far that is from R.</param>
/// <param name="Seconds">From the first process to the last number; building and downloading are not in it.</param>
internal sealed record DemoOutcome(string Analysis, int Sites, long Rows, JsonElement Result,
    double MaxRelativeDifferenceToPooled, DemoFit Logistic, int ReceiptsVerified, double Seconds);

internal sealed record DemoFit(JsonElement Coefficients, JsonElement StandardErrors, double MaxRelativeDifferenceToR,
    int Rounds, int ReceiptsVerified);
