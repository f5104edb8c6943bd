using System.Text;
using Vantage.NodeAgent.Runtimes.Docker.Network;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Network;

public sealed class RelayImageTests
{
    [Fact]
    public void TheSameProgram_GivesTheSameImage_AndAnotherAnother()
    {
        var one = RelayImage.Of(new([1, 2, 3], "amd64"));

        Assert.Equal(one.Archive, RelayImage.Of(new([1, 2, 3], "amd64")).Archive);
        Assert.NotEqual(one.Id, RelayImage.Of(new([1, 2, 4], "amd64")).Id);
        Assert.NotEqual(one.Id, RelayImage.Of(new([1, 2, 3], "arm64")).Id);
    }

    [Theory]
    [InlineData(0x3e, "amd64")]
    [InlineData(0xb7, "arm64")]
    [InlineData(0x28, null)]
    public void WhatTheProgramRunsOn_IsReadFromItself(byte machine, string? architecture)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [0x7f, .. "ELF"u8, .. new byte[14], machine, 0]);

        Assert.Equal(architecture, RelayProgram.Read(path)?.Architecture);
        File.Delete(path);
    }

    [Fact]
    public void WhatIsNoProgram_IsNone()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "#!/bin/sh\nexit 0 # long enough to be one\n", Encoding.ASCII);

        Assert.Null(RelayProgram.Read(path));
        Assert.Null(RelayProgram.Read(path + ".none"));
        File.Delete(path);
    }
}
