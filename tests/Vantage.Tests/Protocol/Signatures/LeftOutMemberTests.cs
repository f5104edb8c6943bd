using System.Text.Json;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Protocol.Signatures;

/// <summary>What docs/protocol.md marks with a question mark may be left out: by another program's author too.</summary>
public sealed class LeftOutMemberTests
{
    [Fact]
    public void Resources_WithoutAnyMember_AreTheDefaults()
    {
        var read = JsonSerializer.Deserialize("{}", SignedJson.Default.ResourceRequest);

        Assert.Equal(new ResourceRequest(Cpu: 1, MemoryMiB: 1024, DiskMiB: 1024, TimeSeconds: 3600, Accelerators: 0), read);
    }

    [Fact]
    public void Target_WithoutAlternates_HasNone()
    {
        var target = $$"""
            {"organization":"org_{{Digits(32)}}","run":"run_{{Digits(32)}}","node":"nod_{{Digits(32)}}",
             "encryptionKey":"{{Digits(64)}}","input":{"digest":"sha256:{{Digits(64)}}","size":1} }
            """;

        var read = JsonSerializer.Deserialize(target, SignedJson.Default.ManifestTarget);

        Assert.Empty(read!.Alternates);
    }

    private static string Digits(int count) => new('7', count);
}
