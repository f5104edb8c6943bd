namespace Vantage.Coordinator.Payloads;

/// <summary>How much sealed content is kept, and for how long.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record PayloadSettings
{
    /// <summary>Ciphertext that one collaboration may keep, in bytes; uploads beyond it get <c>quota-exceeded</c>.</summary>
    public long QuotaBytes { get; set; } = 1024L * 1024 * 1024 * 1024;

    /// <summary>
    /// How long payloads stay after their task settled. Afterwards bytes and wrapped keys are gone; digest and receipt stay.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long an upload may rest between two parts before its bytes are thrown away.</summary>
    public TimeSpan UploadRest { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long bytes that no task refers to are kept, so that a task may still be submitted with them.</summary>
    public TimeSpan Unclaimed { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often what is past its time is looked for. Missing a look only delays.</summary>
    public TimeSpan RetentionEvery { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<string> Check()
    {
        if (QuotaBytes < 1024 * 1024)
            yield return "payloads.quotaBytes: at least 1048576 (1 MiB).";
        if (Retention < TimeSpan.FromHours(1))
            yield return "payloads.retention: at least 01:00:00, or results are gone before anybody fetched them.";
        if (UploadRest < TimeSpan.FromMinutes(10))
            yield return "payloads.uploadRest: at least 00:10:00.";
        if (Unclaimed < TimeSpan.FromMinutes(10))
            yield return "payloads.unclaimed: at least 00:10:00.";
        if (RetentionEvery < TimeSpan.FromMilliseconds(100) || RetentionEvery > TimeSpan.FromDays(1))
            yield return "payloads.retentionEvery: between 00:00:00.1 and 1.00:00:00.";
    }
}
