using System.Text.Json;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Tasks;

namespace Vantage.Tests.Coordinator.Hosting;

public sealed class SettingsFileTests
{
    [Fact]
    public void SettingsFile_NamingOneSetting_LeavesTheOthersAtTheirDefaults()
    {
        var tasks = JsonSerializer.Deserialize("""{ "lease": "00:00:06", "heartbeat": "00:00:01" }""", SettingsJson.Default.TaskSettings)!;
        var limits = JsonSerializer.Deserialize("""{ "requestsPerSecond": 5 }""", SettingsJson.Default.LimitSettings)!;
        var payloads = JsonSerializer.Deserialize("{}", SettingsJson.Default.PayloadSettings)!;

        Assert.Equal(new TaskSettings { Lease = TimeSpan.FromSeconds(6), Heartbeat = TimeSpan.FromSeconds(1) }, tasks);
        Assert.Equal(new LimitSettings { RequestsPerSecond = 5 }, limits);
        Assert.Equal(new PayloadSettings(), payloads);
    }
}
